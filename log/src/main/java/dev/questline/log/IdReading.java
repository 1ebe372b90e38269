package dev.questline.log;

import static java.util.stream.Collectors.toSet;

import dev.questline.event.Settings;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Reads one topic's ids into the table, from the window's beginning on. For one thread, but for {@link #stop}. */
final class IdReading implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    /**
     * A broker that stood still takes up what clients sent before that, whose answers nobody awaits any more; so long
     * after it answers again, that has come to stand in the log.
     */
    private static final Duration SETTLING = Duration.ofMillis(500);

    private final String topic;
    private final FoundTopic found;
    private final IdTable table;
    private final Doubts doubts;
    private final KafkaConsumer<Skipped, Skipped> consumer;
    private Set<TopicPartition> partitions = Set.of();
    private @Nullable Search search;

    private IdReading(
            String topic, FoundTopic found, IdTable table, Doubts doubts, KafkaConsumer<Skipped, Skipped> consumer) {
        this.topic = topic;
        this.found = found;
        this.table = table;
        this.doubts = doubts;
        this.consumer = consumer;
    }

    /** To be begun with {@link #seek}. */
    static IdReading open(Settings.Kafka kafka, FoundTopic found, IdTable table, Doubts doubts) {
        var config = ClientConfig.follower(kafka);
        var consumer = new KafkaConsumer<>(config, new Skipped.All(), new Skipped.All());
        return new IdReading(kafka.topic(), found, table, doubts, consumer);
    }

    /** Goes to the window's beginning. */
    void seek(Settings.Kafka kafka, Duration window) {
        partitions = partitions(found.partitions());
        consumer.assign(partitions);
        WindowStart.offsets(kafka, consumer, partitions, window).forEach(consumer::seek);
    }

    private Set<TopicPartition> partitions(int count) {
        return IntStream.range(0, count)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .collect(toSet());
    }

    /** Whether the topic is still the one that is read. */
    boolean isOf(@Nullable FoundTopic now) {
        return now == null || now.id().equals(found.id());
    }

    /** Reads what has come, waiting a little for it. */
    void advance(@Nullable FoundTopic now) {
        if (now != null && now.partitions() > partitions.size()) {
            take(partitions(now.partitions()));
        }
        try {
            for (var record : consumer.poll(POLL)) {
                remember(record);
            }
        } catch (OffsetOutOfRangeException e) {
            skipDeleted(e.offsetOutOfRangePartitions());
        }
        if (!doubts.isCertain()) {
            resolveDoubts();
        }
    }

    /** All that is in a partition that was added meanwhile has come meanwhile. */
    private void take(Set<TopicPartition> more) {
        var added = new HashSet<>(more);
        added.removeAll(partitions);
        partitions = more;
        consumer.assign(more);
        consumer.seekToBeginning(added);
        search = null;
    }

    private void remember(ConsumerRecord<?, ?> record) {
        var id = EventRecord.clientId(record);
        var type = id == null ? null : EventRecord.type(record);
        if (id != null && type != null) {
            table.add(IdHash.of(id), new KnownId(KnownId.typeHash(type), record.partition(), record.offset()));
        }
    }

    /** What was deleted by age before it was read is older than the window. */
    private void skipDeleted(Map<TopicPartition, Long> positions) {
        var beginnings = consumer.beginningOffsets(positions.keySet());
        positions.forEach((partition, position) -> {
            long beginning = beginnings.getOrDefault(partition, 0L);
            if (position >= beginning) {
                throw new TruncatedLog();
            }
            consumer.seek(partition, beginning);
        });
    }

    private void resolveDoubts() {
        try {
            var current = search;
            if (current == null) {
                search = begin();
            } else if (current.ends().isEmpty() && System.nanoTime() - current.settled() >= 0) {
                search = new Search(current.doubt(), current.settled(), consumer.endOffsets(partitions));
            } else if (!current.ends().isEmpty() && isReached(current.ends())) {
                doubts.resolve(current.doubt());
                search = null;
            }
        } catch (TimeoutException e) {
            search = null; // the broker is away
        }
    }

    private Search begin() {
        long doubt = doubts.latest();
        consumer.endOffsets(partitions); // answers, or throws
        return new Search(doubt, System.nanoTime() + SETTLING.toNanos(), Map.of());
    }

    private boolean isReached(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** Ends the reading under way, or the next, at once. From any thread. */
    void stop() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }

    /**
     * The search for the log's end.
     *
     * @param doubt the last one it resolves
     * @param settled the time from which the end may be asked for
     * @param ends empty until then
     */
    private record Search(long doubt, long settled, Map<TopicPartition, Long> ends) {}
}
