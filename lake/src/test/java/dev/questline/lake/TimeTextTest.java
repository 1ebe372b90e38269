package dev.questline.lake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimeTextTest {
    private final TimeText times = new TimeText();

    @Test
    void writesMillisecondsInUtc() {
        assertThat(times.of(1_795_370_660_120_000L)).hasToString("2026-11-22 18:04:20.120");
        assertThat(times.of(1_795_370_660_007_000L)).hasToString("2026-11-22 18:04:20.007");
        assertThat(times.of(1_795_370_661_000_000L)).hasToString("2026-11-22 18:04:21.000");
    }

    @Test
    void goesBackBeforeTheEpoch() {
        assertThat(times.of(-2_000L)).hasToString("1969-12-31 23:59:59.998");
    }

    @Test
    void hasNoneForARecordWithoutATime() {
        assertThat(times.of(-1_000L)).isNull();
    }
}
