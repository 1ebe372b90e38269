package dev.questline.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class WindowStartTest {
    private static final TopicPartition PARTITION = new TopicPartition("events", 0);

    /** Half a minute of a body and two of appending lie between a record's time and when its id is known. */
    @Test
    void anEventThatTookItsTimeIsStillInTheWindow() {
        long now = System.currentTimeMillis();
        var start = WindowStart.times(Map.of(PARTITION, now), Duration.ofMinutes(10));
        assertThat(start.get(PARTITION))
                .isLessThan(now
                        - Duration.ofMinutes(10)
                                .plusSeconds(30)
                                .plusMillis(ClientConfig.PATIENT_MILLIS)
                                .toMillis());
    }
}
