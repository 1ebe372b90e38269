package dev.questline.collect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.questline.event.Catalog;
import dev.questline.event.Settings;
import dev.questline.log.EmbeddedBroker;
import dev.questline.log.IdempotentLog;
import dev.questline.log.KafkaEventLog;
import dev.questline.log.LogReader;
import dev.questline.log.LoopbackPort;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a real broker, which goes away and comes back. */
class KafkaCollectorIT {
    private static final String REPEATED = "questline-repeated";
    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

    @TempDir
    Path folder;

    private final int port = LoopbackPort.anyFree();
    private final int kafkaPort = LoopbackPort.anyFree();
    private final Settings.Kafka kafka = new Settings.Kafka(Optional.empty(), kafkaPort, "events", 1);

    @Test
    @Timeout(120)
    void theReceiptIsTrueAndTheBrokersAbsenceIsTold() throws Exception {
        var broker = EmbeddedBroker.start(folder, kafkaPort);
        try (var log = KafkaEventLog.open(kafka);
                var collector = Collector.start(
                        Settings.Collector.at("127.0.0.1", port), () -> Catalog.BUILT_IN, log, AccessLog.off())) {
            assertThat(collector).isNotNull();
            awaitStatus(status -> status == 200);
            assertReceiptsAreTrue();

            broker.close();
            awaitStatus(status -> status == 503);
            var before = System.nanoTime();
            assertThat(ask().status()).isEqualTo(503);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(3));

            broker = EmbeddedBroker.start(folder, kafkaPort);
            awaitStatus(status -> status == 200);
            assertReceiptsAreTrue();
        } finally {
            broker.close();
        }
    }

    @Test
    @Timeout(120)
    void aRetryWithItsKeyIsLoggedOnce() throws Exception {
        var broker = EmbeddedBroker.start(folder, kafkaPort);
        try (var log = IdempotentLog.open(settings());
                var collector = Collector.start(settings().collector(), () -> Catalog.BUILT_IN, log, AccessLog.off())) {
            assertThat(collector).isNotNull();
            awaitStatus(status -> status == 200);
            awaitStatus("GET / HTTP/1.1\r\nHost: h\r\nIdempotency-Key: first\r\n\r\n", status -> status == 200);

            var first = ask(withKey("/purchase_a_sword"));
            var second = ask(withKey("/purchase_a_sword"));
            assertThat(first.headers())
                    .containsEntry("questline-event-id", "mine")
                    .doesNotContainKey(REPEATED);
            assertThat(second.status()).isEqualTo(200);
            assertThat(second.body()).isEqualTo(first.body());
            assertThat(second.headers())
                    .containsEntry(REPEATED, "true")
                    .containsEntry("questline-event-id", "mine")
                    .containsEntry("questline-offset", first.headers().get("questline-offset"));
            assertThat(ask(withKey("/purchase_a_knife")).status()).isEqualTo(422);
        } finally {
            broker.close();
        }
    }

    private Settings settings() {
        return new Settings(
                Settings.Collector.at("127.0.0.1", port),
                kafka,
                new Settings.Spark("local", "1g"),
                new Settings.Sql(Optional.empty()),
                new Settings.Hdfs(false, 8020),
                new Settings.Logs(Settings.Logs.Format.TEXT),
                Map.of());
    }

    private static String withKey(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: h\r\nIdempotency-Key: mine\r\n\r\n";
    }

    private void assertReceiptsAreTrue() throws IOException {
        var offsets = new HashMap<String, String>();
        for (int i = 0; i < 10; i++) {
            var answer = ask();
            assertThat(answer.status()).isEqualTo(200);
            offsets.put(
                    answer.headers().get("questline-offset"), answer.headers().get("questline-event-id"));
        }
        var found = new HashMap<String, String>();
        try (var reader = LogReader.open(kafka.bootstrapServers(), kafka.topic())) {
            reader.readBetween(Map.of(), reader.endOffsets(), record -> {
                found.put(String.valueOf(record.offset()), String.valueOf(LogReader.eventId(record)));
                assertThat(new String(record.value(), UTF_8)).isEqualTo("{\"event_type\":\"default\",\"Host\":\"h\"}");
            });
        }
        assertThat(found).containsAllEntriesOf(offsets);
        assertThat(offsets).hasSize(10);
    }

    private RawClient.Answer ask() throws IOException {
        return ask(REQUEST);
    }

    private RawClient.Answer ask(String request) throws IOException {
        try (var client = new RawClient(port)) {
            return client.send(request).answer();
        }
    }

    private void awaitStatus(IntPredicate wanted) throws Exception {
        awaitStatus(REQUEST, wanted);
    }

    private void awaitStatus(String request, IntPredicate wanted) throws Exception {
        var deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!wanted.test(ask(request).status())) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
            Thread.sleep(20);
        }
    }
}
