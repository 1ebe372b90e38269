package dev.questline.log;

import static java.util.stream.Collectors.toMap;

import dev.questline.event.ClientProperties;
import dev.questline.event.DidYouMean;
import dev.questline.event.KafkaGreeting;
import dev.questline.event.Settings;
import dev.questline.event.UserError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a topic from where one says, leaving no trace at the broker. For one thread; only {@link #stop} may be called
 * from another.
 */
public final class LogReader implements AutoCloseable {
    /** For no limit to the number of records. */
    public static final long NO_LIMIT = Long.MAX_VALUE;

    private static final Duration POLL = Duration.ofMillis(500);

    private final Settings.Kafka kafka;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String topic;
    private List<TopicPartition> partitions;

    private LogReader(Settings.Kafka kafka, KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
        this.kafka = kafka;
        this.topic = kafka.topic();
        this.consumer = consumer;
        this.partitions = partitions;
        consumer.assign(partitions);
    }

    /** Finds the topic, or throws a {@link UserError} within some five seconds. */
    public static LogReader open(Settings.Kafka kafka) {
        var consumer = connect(kafka);
        try {
            return new LogReader(kafka, consumer, partitions(consumer, kafka.bootstrapServers(), kafka.topic()));
        } catch (RuntimeException e) {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
            throw UnreachableKafka.isBehind(e) ? UnreachableKafka.at(kafka, e) : e;
        }
    }

    /** The same of a Kafka that asks nothing else of its clients. */
    public static LogReader open(String servers, String topic) {
        return open(new Settings.Kafka(Optional.of(servers), 0, topic, 1));
    }

    private static KafkaConsumer<byte[], byte[]> connect(Settings.Kafka kafka) {
        KafkaGreeting.requireNoOther(kafka.bootstrapServers(), ClientProperties.of(kafka));
        try {
            return new KafkaConsumer<>(
                    ClientConfig.reader(kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        } catch (KafkaException e) {
            throw UnreachableKafka.at(kafka, e);
        }
    }

    private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, String servers, String topic) {
        try {
            var found = consumer.partitionsFor(topic);
            if (found != null && !found.isEmpty()) {
                return named(found);
            }
        } catch (InvalidTopicException e) {
            throw UserError.wrongUse(
                    "'" + topic + "' is no name for a topic; allowed are up to 249 of A-Z a-z 0-9 . _ -");
        }
        var others = consumer.listTopics().keySet().stream()
                .filter(name -> !name.startsWith("__"))
                .sorted()
                .toList();
        throw UserError.failed(
                "Kafka at " + servers + " has no topic '" + topic + "'" + DidYouMean.hint(topic, others));
    }

    private static List<TopicPartition> named(List<PartitionInfo> partitions) {
        return partitions.stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
    }

    /** Hands over what is there from {@code start} and then what comes, until stopped or {@code limit} is reached. */
    public void follow(StartOffset start, long limit, Consumer<ConsumerRecord<byte[], byte[]>> handler) {
        untilStopped(() -> {
            seek(start, ends());
            transfer(null, limit, handler);
        });
    }

    /** Hands over what is there from {@code start} until the end as it was when this began, or {@code limit}. */
    public void readToEnd(StartOffset start, long limit, Consumer<ConsumerRecord<byte[], byte[]>> handler) {
        untilStopped(() -> {
            var ends = ends();
            seek(start, ends);
            transfer(ends, limit, handler);
        });
    }

    /**
     * Hands over what stands between two {@link #endOffsets}, the former included, the latter not. Of a partition that was
     * not there before, or that now ends before it did and so is another, all.
     */
    public void readBetween(
            Map<Integer, Long> from, Map<Integer, Long> to, Consumer<ConsumerRecord<byte[], byte[]>> handler) {
        untilStopped(() -> {
            var ends = partitions.stream()
                    .collect(toMap(partition -> partition, partition -> to.getOrDefault(partition.partition(), 0L)));
            ends.forEach((partition, end) -> {
                long start = from.getOrDefault(partition.partition(), 0L);
                consumer.seek(partition, start > end ? 0 : start);
            });
            transfer(ends, NO_LIMIT, handler);
        });
    }

    /** By partition, the offset the next record will get. */
    public Map<Integer, Long> endOffsets() {
        try {
            return ends().entrySet().stream().collect(toMap(end -> end.getKey().partition(), Map.Entry::getValue));
        } catch (TimeoutException | AuthenticationException | AuthorizationException e) {
            throw UnreachableKafka.at(kafka, e);
        }
    }

    /** The {@code ce_id} of a record, if it has one. */
    public static @Nullable String eventId(ConsumerRecord<byte[], byte[]> record) {
        return EventRecord.id(record);
    }

    /** Ends the reading under way, or the next, at once. From any thread. */
    public void stop() {
        consumer.wakeup();
    }

    private void untilStopped(Runnable reading) {
        try {
            reading.run();
        } catch (WakeupException | InterruptException e) {
            // stopped, as asked
        } catch (TimeoutException | AuthenticationException | AuthorizationException e) {
            throw UnreachableKafka.at(kafka, e);
        }
    }

    private Map<TopicPartition, Long> ends() {
        return consumer.endOffsets(partitions);
    }

    private void seek(StartOffset start, Map<TopicPartition, Long> ends) {
        var beginnings = consumer.beginningOffsets(partitions);
        ends.forEach(
                (partition, end) -> consumer.seek(partition, start.in(beginnings.getOrDefault(partition, 0L), end)));
    }

    private void transfer(
            @Nullable Map<TopicPartition, Long> ends, long limit, Consumer<ConsumerRecord<byte[], byte[]>> handler) {
        long left = limit;
        long lastProgress = System.nanoTime();
        while (left > 0 && !reached(ends)) {
            var records = consumer.poll(POLL);
            left -= handOver(records, ends, left, handler);
            if (ends == null) {
                takeNewPartitions();
            }
            if (!records.isEmpty()) {
                lastProgress = System.nanoTime();
            } else if (ends != null
                    && System.nanoTime() - lastProgress > TimeUnit.MILLISECONDS.toNanos(ClientConfig.ANSWER_MILLIS)) {
                throw new TimeoutException("no records though there are some");
            }
        }
    }

    /** All that is in one that was added meanwhile has come meanwhile. Asks no broker, but what the consumer has heard. */
    private void takeNewPartitions() {
        var now = named(consumer.partitionsFor(topic));
        if (now.size() > partitions.size()) {
            var added = now.stream().filter(each -> !partitions.contains(each)).toList();
            partitions = now;
            consumer.assign(now);
            consumer.seekToBeginning(added);
        }
    }

    private static long handOver(
            ConsumerRecords<byte[], byte[]> records,
            @Nullable Map<TopicPartition, Long> ends,
            long limit,
            Consumer<ConsumerRecord<byte[], byte[]>> handler) {
        long handed = 0;
        for (var record : records) {
            if (handed == limit) {
                break;
            }
            if (ends == null
                    || record.offset()
                            < ends.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L)) {
                handler.accept(record);
                handed++;
            }
        }
        return handed;
    }

    /** By positions, as the last offsets before an end may be markers, which are no records. */
    private boolean reached(@Nullable Map<TopicPartition, Long> ends) {
        return ends != null
                && ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
}
