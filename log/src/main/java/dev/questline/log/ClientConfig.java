package dev.questline.log;

import dev.questline.event.ClientProperties;
import dev.questline.event.SettingKey;
import dev.questline.event.Settings;
import dev.questline.event.UserError;
import java.util.HashMap;
import java.util.Map;

/** Settings of Kafka's clients: to fail soon, and to be back soon; the user's own properties override them. */
final class ClientConfig {
    /**
     * Within this an append is acknowledged or failed. Long enough for a broker that pauses; that one is away is noticed
     * by the monitor, long before.
     */
    static final int APPEND_MILLIS = 5_000;

    /**
     * For so long an event with a client's id is tried, under one sequence number: whatever became of the first try, the
     * broker keeps one copy. Trying it anew after a shorter time would be a second event to the broker.
     */
    static final int PATIENT_MILLIS = 120_000;

    /** Within this the broker acknowledges what was sent; what is left is for an event that waits to be sent. */
    private static final int ACKNOWLEDGE_MILLIS = APPEND_MILLIS * 3 / 4;

    /** Within this a broker that is there answers the monitor. */
    private static final int MONITOR_MILLIS = 1_000;

    /** Within this a person at a prompt is told that the broker is away. */
    static final int ANSWER_MILLIS = 5_000;

    private ClientConfig() {}

    static Map<String, Object> producer(Settings.Kafka kafka) {
        var config = common(kafka);
        config.put("acks", "all");
        config.put("enable.idempotence", true);
        // Batches form by themselves while the one request is in flight; waiting for more, or more in flight, only
        // costs.
        config.put("linger.ms", 0);
        config.put("max.in.flight.requests.per.connection", 1);
        config.put("batch.size", 64 * 1024);
        // Measured: no slower for a few events at a time, faster for many, and a tenth of the bytes on disk.
        config.put("compression.type", "lz4");
        config.put("buffer.memory", 32L * 1024 * 1024);
        config.put("max.request.size", BrokerConfig.MAX_BATCH_BYTES);
        // The caller is an event loop: a full buffer or an unknown partition is an error now, never a wait.
        config.put("max.block.ms", 0);
        config.put("request.timeout.ms", ACKNOWLEDGE_MILLIS);
        config.put("delivery.timeout.ms", APPEND_MILLIS);
        checkLinger(kafka, withOwn(kafka, config));
        return config;
    }

    /** Kafka would name times that are ours. */
    private static void checkLinger(Settings.Kafka kafka, Map<String, Object> config) {
        int most = APPEND_MILLIS - ACKNOWLEDGE_MILLIS;
        var linger = String.valueOf(config.get("linger.ms")).strip();
        if (linger.matches("[0-9]+") && (linger.length() > 9 || Integer.parseInt(linger) > most)) {
            throw UserError.wrongUse(SettingKey.KAFKA_CLIENT_PROPERTIES.key() + ": "
                    + kafka.clientProperties().orElseThrow() + ": linger.ms is " + linger + "; allowed is up to " + most
                    + ", as after five seconds a request is answered");
        }
    }

    static Map<String, Object> patientProducer(Settings.Kafka kafka) {
        var config = producer(kafka);
        config.put("delivery.timeout.ms", PATIENT_MILLIS);
        // One of the user's is the other producer's; under one name the two could not be told apart in the metrics.
        config.computeIfPresent("client.id", (key, id) -> id + "-ids");
        return config;
    }

    static Map<String, Object> monitor(Settings.Kafka kafka) {
        var config = common(kafka);
        config.put("request.timeout.ms", MONITOR_MILLIS);
        config.put("default.api.timeout.ms", MONITOR_MILLIS);
        return withOwn(kafka, config);
    }

    /** For one who asks once. */
    static Map<String, Object> asking(Settings.Kafka kafka) {
        var config = common(kafka);
        config.putAll(answers());
        return withOwn(kafka, config);
    }

    /** For a tool that gives an answer or tells why not. */
    static Map<String, Object> answers() {
        return Map.of("request.timeout.ms", ANSWER_MILLIS - 1_000, "default.api.timeout.ms", ANSWER_MILLIS - 500);
    }

    static Map<String, Object> reader(Settings.Kafka kafka) {
        var config = common(kafka);
        config.putAll(answers());
        config.put("allow.auto.create.topics", false);
        config.put("enable.auto.commit", false);
        config.put("auto.offset.reset", "earliest");
        config.put("isolation.level", "read_committed");
        config.put("max.poll.records", 5_000);
        // So soon a follower hears of partitions that were added.
        config.put("metadata.max.age.ms", 2_000);
        return withOwn(kafka, config);
    }

    private static Map<String, Object> withOwn(Settings.Kafka kafka, Map<String, Object> config) {
        config.putAll(ClientProperties.of(kafka).byKey());
        return config;
    }

    /** For reading all the time beside the appending: seldom and much at a time. */
    static Map<String, Object> follower(Settings.Kafka kafka) {
        var config = reader(kafka);
        config.put("auto.offset.reset", "none");
        config.put("isolation.level", "read_uncommitted");
        config.put("max.poll.records", 2_000);
        config.put("fetch.min.bytes", 256 * 1024);
        config.put("fetch.max.wait.ms", 100);
        config.put("fetch.max.bytes", 4 * 1024 * 1024);
        config.put("request.timeout.ms", APPEND_MILLIS * 3 / 4);
        config.put("default.api.timeout.ms", MONITOR_MILLIS);
        return withOwn(kafka, config);
    }

    private static Map<String, Object> common(Settings.Kafka kafka) {
        var config = new HashMap<String, Object>();
        config.put("bootstrap.servers", kafka.bootstrapServers());
        config.put("reconnect.backoff.ms", 50);
        config.put("reconnect.backoff.max.ms", 250);
        config.put("retry.backoff.ms", 50);
        config.put("retry.backoff.max.ms", 250);
        config.put("socket.connection.setup.timeout.ms", 1_500);
        config.put("metric.reporters", "");
        config.put("enable.metrics.push", false);
        return config;
    }
}
