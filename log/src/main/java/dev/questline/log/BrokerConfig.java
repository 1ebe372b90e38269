package dev.questline.log;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;

/** Kafka's settings for one broker that is its own controller, on one machine, with little memory. */
final class BrokerConfig {
    static final int NODE = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    /** Room for values of 1 MB, their headers and a client's batch around them. */
    static final int MAX_BATCH_BYTES = 2 * 1024 * 1024;

    private BrokerConfig() {}

    static KafkaConfig of(Path data, int port, int controllerPort) {
        var properties = new Properties();
        properties.putAll(listeners(port, controllerPort));
        properties.putAll(oneNode());
        properties.putAll(topics());
        properties.putAll(smallFootprint());
        properties.setProperty("log.dirs", data.toString());
        return KafkaConfig.fromProps(properties, false);
    }

    private static Map<String, String> listeners(int port, int controllerPort) {
        return Map.of(
                "listeners",
                "PLAINTEXT://127.0.0.1:" + port + "," + CONTROLLER_LISTENER + "://127.0.0.1:" + controllerPort,
                "advertised.listeners",
                "PLAINTEXT://localhost:" + port,
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT",
                "controller.listener.names",
                CONTROLLER_LISTENER,
                "controller.quorum.voters",
                NODE + "@127.0.0.1:" + controllerPort);
    }

    private static Map<String, String> oneNode() {
        return Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                String.valueOf(NODE),
                // After a kill -9 the next start is refused until the dead broker's session has run out.
                "broker.session.timeout.ms",
                "1500",
                "broker.heartbeat.interval.ms",
                "250",
                "offsets.topic.replication.factor",
                "1",
                "transaction.state.log.replication.factor",
                "1",
                "transaction.state.log.min.isr",
                "1",
                "share.coordinator.state.topic.replication.factor",
                "1",
                "share.coordinator.state.topic.min.isr",
                "1",
                "group.initial.rebalance.delay.ms",
                "0");
    }

    private static Map<String, String> topics() {
        return Map.of(
                "auto.create.topics.enable", "true",
                "num.partitions", "1",
                "message.max.bytes", String.valueOf(MAX_BATCH_BYTES),
                // The log is the record of what happened: nothing acknowledged vanishes from it by age.
                "log.retention.ms", "-1");
    }

    private static Map<String, String> smallFootprint() {
        return Map.ofEntries(
                Map.entry("num.network.threads", "2"),
                Map.entry("num.io.threads", "4"),
                Map.entry("background.threads", "2"),
                Map.entry("log.cleaner.dedupe.buffer.size", "2097152"),
                Map.entry("log.cleaner.io.buffer.size", "65536"),
                Map.entry("offsets.topic.num.partitions", "1"),
                Map.entry("transaction.state.log.num.partitions", "1"),
                Map.entry("share.coordinator.state.topic.num.partitions", "1"),
                Map.entry("group.coordinator.threads", "1"),
                Map.entry("share.coordinator.threads", "1"),
                Map.entry("metric.reporters", ""),
                // Without this an idle controller writes to disk twice a second.
                Map.entry("metadata.max.idle.interval.ms", "0"));
    }
}
