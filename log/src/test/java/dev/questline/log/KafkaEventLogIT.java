package dev.questline.log;

import static dev.questline.log.Events.append;
import static dev.questline.log.Events.await;
import static dev.questline.log.Events.event;
import static dev.questline.log.Events.failure;
import static dev.questline.log.Events.kafka;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.questline.event.Event;
import dev.questline.event.Settings;
import dev.questline.event.UserError;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaEventLogIT {
    private static final Duration DEADLINE = Duration.ofMillis(ClientConfig.APPEND_MILLIS + 5_000);

    @TempDir
    Path folder;

    private final int port = LoopbackPort.anyFree();
    private EmbeddedBroker broker;

    @BeforeEach
    void startBroker() {
        broker = EmbeddedBroker.start(folder, port);
    }

    @AfterEach
    void stopBroker() {
        broker.close();
        Events.awaitBrokersStopped();
    }

    @Test
    void receiptNamesWhereTheEventStandsWithKeyTimeAndHeaders() {
        try (var log = Events.open(kafka(port, "events", 1))) {
            append(log, event("other"));
            var event = event("id-1", Optional.of("user1"), "{\"event_type\":\"purchase_sword\"}");
            var receipt = append(log, event);
            var record = records("events").get(1);
            assertThat(receipt).isEqualTo(new Receipt("events", record.partition(), record.offset()));
            assertThat(record.value()).isEqualTo(event.value());
            assertThat(record.key()).isEqualTo("user1".getBytes(UTF_8));
            assertThat(record.timestamp()).isEqualTo(event.time().toEpochMilli());
            assertThat(headers(record))
                    .isEqualTo(Map.of(
                            "ce_specversion", "1.0",
                            "ce_id", "id-1",
                            "ce_type", "purchase_sword",
                            "ce_source", "/questline/collector",
                            "ce_time", event.time().toString(),
                            "content-type", "application/json"));
            assertThat(records("events").get(0).key()).isNull();
        }
    }

    @Test
    void aClientsIdAndATraceStandInTheRecordsHeaders() {
        try (var log = Events.open(kafka(port, "events", 1))) {
            append(
                    log,
                    new Event(
                            "mine",
                            true,
                            "purchase_sword",
                            Instant.now(),
                            Optional.empty(),
                            Map.of("traceparent", "00-1-2-01", "tracestate", "a=1"),
                            new byte[] {'{', '}'}));
            assertThat(headers(records("events").get(0)))
                    .containsEntry("ce_id", "mine")
                    .containsEntry("questline_client_id", "true")
                    .containsEntry("traceparent", "00-1-2-01")
                    .containsEntry("tracestate", "a=1");
        }
    }

    @Test
    void tellsTheProducersOwnFigures() {
        try (var log = Events.open(kafka(port, "events", 1))) {
            append(log, event("one"));
            assertThat(log.measures())
                    .filteredOn(measure -> measure.name().equals("kafka_producer_record_send_total"))
                    .singleElement()
                    .satisfies(measure -> assertThat(measure.value()).isEqualTo(1));
            assertThat(log.measures())
                    .extracting(Measure::name)
                    .contains("kafka_producer_topic_record_error_total", "kafka_producer_node_request_latency_avg")
                    .allMatch(name -> name.matches("[a-z0-9_]+"));
        }
    }

    @Test
    void missingTopicIsMadeWithItsPartitionsAndAgainAfterItsDeletion() {
        try (var log = Events.open(kafka(port, "three", 3))) {
            append(log, event("first"));
            assertThat(ends("three")).hasSize(3);
            KafkaTopics.run(List.of("--delete", "--topic", "three"), broker.bootstrapServers());
            await(Duration.ofSeconds(10), () -> !log.isAvailable());
            await(Duration.ofSeconds(10), log::isAvailable);
            append(log, event("second"));
            assertThat(ends("three")).hasSize(3);
            assertThat(records("three")).extracting(LogReader::eventId).containsExactly("second");
        }
    }

    @Test
    void eventTooLargeIsToldFromALogAwayAndHarmsNoOther() {
        try (var log = Events.open(kafka(port, "events", 1))) {
            assertThat(failure(log, event("big", Optional.empty(), "x".repeat(3_000_000))))
                    .isInstanceOf(EventTooLarge.class);
            assertThat(log.isAvailable()).isTrue();
            append(log, event("one megabyte", Optional.empty(), "x".repeat(1_048_576)));
            assertThat(records("events")).extracting(LogReader::eventId).containsExactly("one megabyte");
        }
    }

    @Test
    void eventTooLargeForTheTopicAloneIsToldToo() {
        KafkaTopics.run(
                List.of("--create", "--topic", "small", "--config", "max.message.bytes=1000"),
                broker.bootstrapServers());
        try (var log = Events.open(kafka(port, "small", 1))) {
            assertThat(failure(log, event("big", Optional.empty(), incompressible(4_000))))
                    .isInstanceOf(EventTooLarge.class);
            append(log, event("small"));
        }
    }

    @Test
    void whileTheBrokerIsAwayAppendsFailSoonAndItRecoversByItself() {
        try (var log = Events.open(kafka(port, "events", 1))) {
            append(log, event("before"));
            for (int round = 0; round < 3; round++) {
                broker.close();
                var inFlight = List.of(log.append(event("a" + round)), log.append(event("b" + round)));
                inFlight.forEach(append -> assertThat(
                                append.handle((receipt, error) -> error).toCompletableFuture())
                        .succeedsWithin(DEADLINE)
                        .isInstanceOf(LogUnavailable.class));
                await(Duration.ofSeconds(10), () -> !log.isAvailable());
                long start = System.nanoTime();
                assertThat(failure(log, event("away"))).isInstanceOf(LogUnavailable.class);
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));

                broker = EmbeddedBroker.start(folder, port);
                await(Duration.ofSeconds(10), log::isAvailable);
                append(log, event("after" + round));
            }
            assertThat(records("events"))
                    .extracting(LogReader::eventId)
                    .contains("before", "after0", "after1", "after2")
                    .doesNotContain("away")
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void brokerWhoseDataWereDeletedTakesEventsAgain(@TempDir Path other) {
        try (var log = Events.open(kafka(port, "events", 1))) {
            append(log, event("before"));
            broker.close();
            broker = EmbeddedBroker.start(other, port);
            await(
                    Duration.ofSeconds(10),
                    () -> !log.append(event("new")).toCompletableFuture().isCompletedExceptionally());
            await(Duration.ofSeconds(10), log::isAvailable);
            append(log, event("last"));
            assertThat(records("events")).extracting(LogReader::eventId).contains("last");
        }
    }

    @Test
    void theCallerNeverWaits() {
        try (var log = Events.open(kafka(port, "events", 1))) {
            broker.close();
            long longest = 0;
            // More than the buffer holds, lest only the first calls be quick.
            for (int i = 0; i < 60; i++) {
                var large = event("e" + i, Optional.empty(), "x".repeat(1_000_000));
                long start = System.nanoTime();
                log.append(large);
                longest = Math.max(longest, System.nanoTime() - start);
            }
            assertThat(Duration.ofNanos(longest)).isLessThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void aFullBufferFailsWhatHasNoRoomInItAndNothingElse() {
        try (var log = Events.open(kafka(port, "events", 1))) {
            append(log, event("before"));
            var large = incompressible(1_000_000);
            var appends = IntStream.range(0, 200)
                    .mapToObj(i ->
                            log.append(event("e" + i, Optional.empty(), large)).toCompletableFuture())
                    .toList();
            assertThat(log.isAvailable()).isTrue();
            var failures = appends.stream()
                    .map(append -> append.handle((receipt, error) -> Optional.ofNullable(error)))
                    .flatMap(append -> append.orTimeout(30, TimeUnit.SECONDS).join().stream())
                    .toList();
            assertThat(failures)
                    .isNotEmpty()
                    .allSatisfy(failure -> assertThat(failure)
                            .isInstanceOf(LogUnavailable.class)
                            .hasMessageContaining("full"));
            assertThat(log.isAvailable()).isTrue();
            append(log, event("after"));
            assertThat(records("events")).hasSize(2 + 200 - failures.size());
        }
    }

    @Test
    void closingWaitsForWhatIsInFlight() {
        var log = Events.open(kafka(port, "events", 1));
        var appends = IntStream.range(0, 5_000)
                .mapToObj(i -> log.append(event("e" + i)).toCompletableFuture())
                .toArray(CompletableFuture[]::new);
        log.close();
        assertThat(CompletableFuture.allOf(appends)).isCompleted();
        assertThat(records("events")).hasSize(5_000);
        assertThat(log.isAvailable()).isFalse();
        assertThat(failure(log, event("late"))).isInstanceOf(LogUnavailable.class);
    }

    @Test
    void closingWithTheBrokerAwayIsBounded() {
        var log = Events.open(kafka(port, "events", 1));
        broker.close();
        var append = log.append(event("lost")).toCompletableFuture();
        long start = System.nanoTime();
        log.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
        assertThat(append).isCompletedExceptionally();
    }

    @Test
    void hostThatCannotBeFoundIsNamed() {
        var nowhere = new Settings.Kafka(Optional.of("nowhere.invalid:9092"), port, "events", 1);
        assertThatThrownBy(() -> KafkaEventLog.open(nowhere))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("nowhere.invalid:9092");
    }

    private static String incompressible(int length) {
        var characters = ThreadLocalRandom.current().ints(length, '!', '~');
        return characters
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        try (var reader = LogReader.open(broker.bootstrapServers(), topic)) {
            reader.readToEnd(new StartOffset.Beginning(), LogReader.NO_LIMIT, records::add);
        }
        return records;
    }

    private Map<Integer, Long> ends(String topic) {
        try (var reader = LogReader.open(broker.bootstrapServers(), topic)) {
            return reader.endOffsets();
        }
    }

    private static Map<String, String> headers(ConsumerRecord<byte[], byte[]> record) {
        return StreamSupport.stream(record.headers().spliterator(), false)
                .collect(toMap(header -> header.key(), header -> new String(header.value(), UTF_8)));
    }
}
