package dev.questline.log;

import static dev.questline.log.Events.append;
import static dev.questline.log.Events.await;
import static dev.questline.log.Events.event;
import static dev.questline.log.Events.eventOfClient;
import static dev.questline.log.Events.failure;
import static dev.questline.log.Events.kafka;
import static org.assertj.core.api.Assertions.assertThat;

import dev.questline.event.Event;
import dev.questline.event.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class IdempotentLogIT {
    private static final int PORT = LoopbackPort.anyFree();
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    static Path folder;

    private static EmbeddedBroker broker;
    private String topic;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(folder, PORT);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
        Events.awaitBrokersStopped();
    }

    @BeforeEach
    void nameTopic(TestInfo test) {
        topic = test.getTestMethod().orElseThrow().getName();
    }

    @Test
    void aRetryGetsTheFirstReceiptAlsoAfterARestart() {
        Receipt first;
        try (var log = open(3)) {
            append(log, event("other"));
            first = append(log, eventOfClient("a"));
            assertThat(first.isRepeated()).isFalse();
            assertThat(append(log, eventOfClient("a"))).isEqualTo(first.repeated());
        }
        try (var log = open(3)) {
            assertThat(append(log, eventOfClient("a"))).isEqualTo(first.repeated());
            assertThat(failure(log, eventOfClient("a", "purchase_knife"))).isInstanceOf(IdMismatch.class);
            assertThat(append(log, eventOfClient("b")).isRepeated()).isFalse();
            assertThat(log.size()).isEqualTo(2);
        }
        assertThat(ids()).containsExactlyInAnyOrder("other", "a", "b");
    }

    @Test
    void theClocksStepsForgetNothing() {
        var hour = Duration.ofHours(1);
        var now = Instant.now();
        try (var log = open(1)) {
            append(log, at("before the clock was set forward", now.minus(hour)));
        }
        try (var log = open(1)) {
            assertThat(log.size()).isEqualTo(1);
            append(log, at("before it was set back", now.plus(hour)));
            append(log, at("after", now));
        }
        try (var log = open(1)) {
            assertThat(log.size()).isEqualTo(3);
        }
    }

    @Test
    void anIdThatOneLogTookIsSoonKnownToTheOther() {
        try (var one = open(2);
                var other = open(2)) {
            for (int round = 0; round < 5; round++) {
                var id = "id" + round;
                int known = other.size();
                var receipt = append(one, eventOfClient(id));
                await(SOON, () -> other.size() > known);
                assertThat(append(other, eventOfClient(id))).isEqualTo(receipt.repeated());
            }
        }
        assertThat(ids()).hasSize(5);
    }

    @Test
    void anIdIsForgottenAfterTheWindow() {
        try (var log = open(1, Duration.ofSeconds(2), 1_000)) {
            append(log, eventOfClient("a"));
            assertThat(log.oldest()).isLessThan(Duration.ofSeconds(3));
            await(SOON, () -> log.size() == 0);
            assertThat(append(log, eventOfClient("a")).isRepeated()).isFalse();
        }
    }

    @Test
    void beyondItsSizeTheOldestIsForgottenAlsoByReading() {
        try (var log = open(1, WINDOW, 100)) {
            appendAll(log, 0, 250);
            assertThat(log.size()).isEqualTo(100);
            assertThat(append(log, eventOfClient("id249")).isRepeated()).isTrue();
            assertThat(append(log, eventOfClient("id0")).isRepeated()).isFalse();
        }
        try (var log = open(1, WINDOW, 100)) {
            assertThat(log.size()).isEqualTo(100);
            assertThat(append(log, eventOfClient("id249")).isRepeated()).isTrue();
        }
    }

    @Test
    void withoutAWindowItIsTheBareLog() {
        var collector = new Settings.Collector("127.0.0.1", 1, 2, false, Duration.ZERO, Optional.empty());
        var settings = new Settings(
                collector,
                kafka(PORT, topic, 1),
                new Settings.Spark("local", "1g"),
                new Settings.Sql(Optional.empty()),
                new Settings.Hdfs(false, 8020),
                new Settings.Logs(Settings.Logs.Format.TEXT),
                Map.of());
        try (var log = IdempotentLog.open(settings)) {
            assertThat(log).isInstanceOf(KafkaEventLog.class);
            await(SOON, log::isAvailable);
            append(log, eventOfClient("a"));
            append(log, eventOfClient("a"));
        }
        assertThat(ids()).containsExactly("a", "a");
    }

    @Test
    void partitionsThatAreAddedAreReadFromTheirBeginning() throws Exception {
        var servers = Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers());
        try (var log = open(1);
                var admin = Admin.create(servers);
                var producer = new KafkaProducer<>(servers, new ByteArraySerializer(), new ByteArraySerializer())) {
            appendAll(log, 0, 10);
            admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(3)))
                    .all()
                    .get();
            var record = EventRecord.of(eventOfClient("elsewhere"), topic);
            producer.send(new ProducerRecord<>(topic, 2, null, null, record.value(), record.headers()))
                    .get();
            await(SOON, () -> log.size() == 11);
            assertThat(append(log, eventOfClient("elsewhere"))).isEqualTo(new Receipt(topic, 2, 0, true));
        }
    }

    @Test
    void withItsTopicAnIdIsGone() throws Exception {
        try (var log = open(1);
                var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()))) {
            appendAll(log, 0, 20);
            admin.deleteTopics(List.of(topic)).all().get();
            await(SOON, () -> !log.isAvailable());
            await(SOON, () -> log.isAvailable() && log.isReady() && log.size() == 0);
            var again = append(log, eventOfClient("id3"));
            assertThat(again.isRepeated()).isFalse();
            assertThat(append(log, eventOfClient("id3"))).isEqualTo(again.repeated());
        }
        assertThat(ids()).containsExactly("id3");
    }

    @Test
    void recordsThatAreDeletedAreSkipped() throws Exception {
        var partition = new TopicPartition(topic, 0);
        try (var log = open(1);
                var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()))) {
            appendAll(log, 0, 20);
            admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(15)))
                    .all()
                    .get();
        }
        try (var log = open(1)) {
            assertThat(log.size()).isEqualTo(5);
            appendAll(log, 20, 30);
            assertThat(log.size()).isEqualTo(15);
        }
    }

    private IdempotentLog open(int partitions) {
        return open(partitions, WINDOW, 1_000_000);
    }

    /** One that takes ids. */
    private IdempotentLog open(int partitions, Duration window, int limit) {
        var log = IdempotentLog.open(kafka(PORT, topic, partitions), window, limit);
        await(SOON, () -> log.isAvailable() && log.isReady());
        return log;
    }

    private static void appendAll(IdempotentLog log, int from, int to) {
        var appends = IntStream.range(from, to)
                .mapToObj(i -> log.append(eventOfClient("id" + i)).toCompletableFuture())
                .toList();
        appends.forEach(append -> append.join());
    }

    private static Event at(String id, Instant time) {
        var event = eventOfClient(id);
        return new Event(id, true, event.type(), time, event.key(), event.trace(), event.value());
    }

    private List<String> ids() {
        var ids = new ArrayList<String>();
        try (var reader = LogReader.open(broker.bootstrapServers(), topic)) {
            reader.readToEnd(
                    new StartOffset.Beginning(), LogReader.NO_LIMIT, record -> ids.add(LogReader.eventId(record)));
        }
        return ids;
    }
}
