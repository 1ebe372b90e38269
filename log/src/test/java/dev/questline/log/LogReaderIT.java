package dev.questline.log;

import static dev.questline.log.Events.append;
import static dev.questline.log.Events.event;
import static dev.questline.log.Events.kafka;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.questline.event.UserError;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class LogReaderIT {
    private static final int PORT = LoopbackPort.anyFree();
    private static final String SERVERS = "localhost:" + PORT;

    @TempDir
    static Path folder;

    private static EmbeddedBroker broker;
    private static KafkaEventLog one;
    private static KafkaEventLog three;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(folder, PORT);
        one = Events.open(kafka(PORT, "events", 1));
        three = Events.open(kafka(PORT, "three", 3));
        for (int i = 0; i < 10; i++) {
            append(one, event("e" + i));
        }
        for (int i = 0; i < 60; i++) {
            append(three, event("t" + i, Optional.of("key" + i), "{}"));
        }
    }

    @AfterAll
    static void stopBroker() {
        one.close();
        three.close();
        broker.close();
        Events.awaitBrokersStopped();
    }

    @Test
    void readsToTheEndFromWhereToldAndNoMoreThanTold() {
        assertThat(toEnd("events", "beginning", LogReader.NO_LIMIT)).isEqualTo(ids(0, 10));
        assertThat(toEnd("events", "-3", LogReader.NO_LIMIT)).isEqualTo(ids(7, 10));
        assertThat(toEnd("events", "4", LogReader.NO_LIMIT)).isEqualTo(ids(4, 10));
        assertThat(toEnd("events", "end", LogReader.NO_LIMIT)).isEmpty();
        assertThat(toEnd("events", "1000", LogReader.NO_LIMIT)).isEmpty();
        assertThat(toEnd("events", "beginning", 4)).isEqualTo(ids(0, 4));
        assertThat(toEnd("events", "beginning", 0)).isEmpty();
    }

    @Test
    void offsetsCountInEachPartition() {
        assertThat(toEnd("three", "beginning", LogReader.NO_LIMIT)).hasSize(60).doesNotHaveDuplicates();
        assertThat(toEnd("three", "-2", LogReader.NO_LIMIT)).hasSize(6);
        assertThat(toEnd("three", "beginning", 25)).hasSize(25);
    }

    @Test
    void stopsAtTheEndAsItWasThoughMoreKeepsComing() {
        var seen = new ArrayList<String>();
        try (var log = Events.open(kafka(PORT, "busy", 1));
                var reader = open("busy", log)) {
            reader.readToEnd(new StartOffset.Beginning(), LogReader.NO_LIMIT, record -> {
                seen.add(LogReader.eventId(record));
                append(log, event("while reading"));
            });
        }
        assertThat(seen).containsExactly("first");
    }

    private static LogReader open(String topic, EventLog log) {
        append(log, event("first"));
        return LogReader.open(SERVERS, topic);
    }

    @Test
    void followsWhatComesUntilStopped() throws Exception {
        try (var log = Events.open(kafka(PORT, "followed", 1));
                var reader = open("followed", log)) {
            var seen = Collections.synchronizedList(new ArrayList<String>());
            var reading = CompletableFuture.runAsync(() -> reader.follow(
                    new StartOffset.Beginning(), LogReader.NO_LIMIT, record -> seen.add(LogReader.eventId(record))));
            Events.await(Duration.ofSeconds(10), () -> seen.size() == 1);
            append(log, event("second"));
            Events.await(Duration.ofSeconds(10), () -> seen.size() == 2);
            assertThat(reading).isNotDone();
            reader.stop();
            reading.get(1, TimeUnit.SECONDS);
            assertThat(seen).containsExactly("first", "second");
        }
    }

    @Test
    void followsIntoPartitionsThatAreAdded() throws Exception {
        try (var log = Events.open(kafka(PORT, "growing", 1));
                var reader = open("growing", log);
                var admin = Admin.create(Map.of("bootstrap.servers", SERVERS));
                var producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", SERVERS), new ByteArraySerializer(), new ByteArraySerializer())) {
            var seen = Collections.synchronizedList(new ArrayList<Integer>());
            var reading = CompletableFuture.runAsync(() ->
                    reader.follow(new StartOffset.End(), LogReader.NO_LIMIT, record -> seen.add(record.partition())));
            admin.createPartitions(Map.of("growing", NewPartitions.increaseTo(3)))
                    .all()
                    .get();
            producer.send(new ProducerRecord<>("growing", 2, null, new byte[0])).get();
            Events.await(Duration.ofSeconds(20), () -> seen.contains(2));
            reader.stop();
            reading.get(5, TimeUnit.SECONDS);
            assertThat(seen).containsExactly(2);
        }
    }

    @Test
    void readsBackWhatCameBetweenTwoMoments() {
        try (var reader = LogReader.open(SERVERS, "three")) {
            var from = reader.endOffsets();
            for (int i = 0; i < 20; i++) {
                append(three, event("between" + i, Optional.of("k" + i), "{}"));
            }
            var to = reader.endOffsets();
            append(three, event("after"));
            var seen = new ArrayList<String>();
            reader.readBetween(from, to, record -> seen.add(LogReader.eventId(record)));
            assertThat(seen)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 20).mapToObj(i -> "between" + i).toList());
            reader.readBetween(to, to, record -> seen.add("none"));
            assertThat(seen).hasSize(20);
        }
    }

    @Test
    void readsBackAllOfAPartitionThatWasNotThereBeforeOrIsAnother() {
        try (var reader = LogReader.open(SERVERS, "three")) {
            append(three, event("one"));
            var ends = reader.endOffsets();
            var all = new ArrayList<String>();
            reader.readBetween(Map.of(), ends, record -> all.add(LogReader.eventId(record)));
            assertThat(all)
                    .hasSize(ends.values().stream().mapToInt(Long::intValue).sum());

            var seen = new ArrayList<String>();
            var beyond = ends.entrySet().stream().collect(toMap(Map.Entry::getKey, end -> end.getValue() + 1));
            reader.readBetween(beyond, ends, record -> seen.add(LogReader.eventId(record)));
            assertThat(seen).containsExactlyInAnyOrderElementsOf(all);
        }
    }

    @Test
    void unknownTopicIsToldWithWhatMayBeMeantAndNotMade() {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> LogReader.open(SERVERS, "evnts"))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("no topic 'evnts'; did you mean 'events'?");
        }
    }

    @Test
    void topicThatCannotBeIsWrongUse() {
        assertThatThrownBy(() -> LogReader.open(SERVERS, "no such/topic"))
                .isInstanceOfSatisfying(
                        UserError.class, e -> assertThat(e.exitCode()).isEqualTo(UserError.WRONG_USE))
                .hasMessageContaining("'no such/topic'");
    }

    @Test
    @Timeout(7)
    void brokerThatDoesNotAnswerIsNamed() {
        var nobody = "localhost:" + LoopbackPort.anyFree();
        assertThatThrownBy(() -> LogReader.open(nobody, "events"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(nobody);
    }

    @Test
    void errorsOfTheHandlerComeThrough() {
        Consumer<Object> full = record -> {
            throw new IllegalStateException("disk full");
        };
        try (var reader = LogReader.open(SERVERS, "events")) {
            assertThatThrownBy(() -> reader.readToEnd(new StartOffset.Beginning(), 1, full::accept))
                    .hasMessage("disk full");
        }
    }

    private static List<String> toEnd(String topic, String start, long limit) {
        var seen = new ArrayList<String>();
        try (var reader = LogReader.open(SERVERS, topic)) {
            reader.readToEnd(StartOffset.parse(start), limit, record -> seen.add(LogReader.eventId(record)));
        }
        return seen;
    }

    private static List<String> ids(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "e" + i).toList();
    }
}
