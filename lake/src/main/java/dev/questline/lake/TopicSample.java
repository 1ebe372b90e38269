package dev.questline.lake;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** The first and the last few records of each partition: where fields come and go, both tell. */
final class TopicSample {
    private static final int RECORDS_EACH = 300;

    /** What is read by then must do; the columns are verified anyway. */
    private static final Duration ENOUGH = Duration.ofSeconds(2);

    private final KafkaConsumer<byte[], byte @Nullable []> consumer;
    private final List<byte @Nullable []> values = new ArrayList<>();
    private final Instant deadline = Instant.now().plus(ENOUGH);

    private TopicSample(KafkaConsumer<byte[], byte @Nullable []> consumer) {
        this.consumer = consumer;
    }

    static List<byte @Nullable []> of(KafkaTopic topic, Map<Integer, OffsetSpan> spans) {
        var settings = topic.clientSettings(Map.of(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                RECORDS_EACH,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false));
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var sample = new TopicSample(consumer);
            spans.forEach((partition, span) -> sample.read(topic.partition(partition), span));
            return sample.values;
        }
    }

    private void read(TopicPartition partition, OffsetSpan span) {
        consumer.assign(List.of(partition));
        var headEnd = Math.min(span.end(), span.begin() + RECORDS_EACH);
        var tailBegin = Math.max(headEnd, span.end() - RECORDS_EACH);
        read(partition, span.begin(), headEnd);
        read(partition, tailBegin, span.end());
    }

    private void read(TopicPartition partition, long begin, long end) {
        consumer.seek(partition, begin);
        while (consumer.position(partition) < end && Instant.now().isBefore(deadline)) {
            for (var found : consumer.poll(Duration.ofMillis(200))) {
                if (found.offset() < end) {
                    values.add(found.value());
                }
            }
        }
    }
}
