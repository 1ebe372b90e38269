package dev.questline.log;

import static java.util.stream.Collectors.toMap;

import dev.questline.event.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Where in the log a window of time begins. Records bear the wall clock's time, which may have been set since, an hour
 * either way: so the window is counted back from now or from the latest time in the log, whichever is earlier, and is
 * never less than a number of records.
 */
final class WindowStart {
    /** A record bears the time when its request's head came; then its body may take a while, and appending it. */
    private static final Duration SLACK = Duration.ofMinutes(1).plusMillis(ClientConfig.PATIENT_MILLIS);

    private static final long LEAST_RECORDS = 100_000;

    private WindowStart() {}

    static Map<TopicPartition, Long> offsets(
            Settings.Kafka kafka, Consumer<?, ?> consumer, Set<TopicPartition> partitions, Duration window) {
        var beginnings = consumer.beginningOffsets(partitions);
        var ends = consumer.endOffsets(partitions);
        var byTime = consumer.offsetsForTimes(times(latestTimes(kafka, partitions), window));
        var offsets = new HashMap<TopicPartition, Long>();
        for (var partition : partitions) {
            long end = ends.getOrDefault(partition, 0L);
            long offset = Math.min(offset(byTime.get(partition), end), end - LEAST_RECORDS / partitions.size());
            offsets.put(partition, Math.max(offset, beginnings.getOrDefault(partition, 0L)));
        }
        return offsets;
    }

    /** No record so late: none in the window. */
    private static long offset(@Nullable OffsetAndTimestamp found, long end) {
        return found == null ? end : found.offset();
    }

    static Map<TopicPartition, Long> times(Map<TopicPartition, Long> latestTimes, Duration window) {
        long now = System.currentTimeMillis();
        long span = window.plus(SLACK).toMillis();
        return latestTimes.entrySet().stream()
                .collect(toMap(Map.Entry::getKey, latest -> Math.max(0, Math.min(now, latest.getValue()) - span)));
    }

    private static Map<TopicPartition, Long> latestTimes(Settings.Kafka kafka, Set<TopicPartition> partitions) {
        var admin = Admin.create(ClientConfig.monitor(kafka));
        try {
            var query = partitions.stream().collect(toMap(partition -> partition, each -> OffsetSpec.maxTimestamp()));
            var found = KafkaAnswer.to(admin.listOffsets(query).all());
            return found.entrySet().stream()
                    .collect(
                            toMap(Map.Entry::getKey, latest -> latest.getValue().timestamp()));
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } finally {
            admin.close(Duration.ZERO); // Else it might wait for its answer until the clock is where it was.
        }
    }
}
