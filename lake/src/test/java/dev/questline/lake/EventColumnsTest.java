package dev.questline.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventColumnsTest {

    @Test
    void sortsFieldsAndTimeByAscii() {
        var columns = EventColumns.of(Set.of("event_type", "Host", "User-Agent", "zone", "Accept"));

        assertThat(columns.names()).containsExactly("Accept", "Host", "User-Agent", "event_type", "timestamp", "zone");
        assertThat(columns.timeOrdinal()).isEqualTo(4);
        assertThat(columns.schema().treeString())
                .startsWith("root\n |-- Accept: string (nullable = true)\n |-- Host: string (nullable = true)\n");
    }

    @Test
    void tellsFieldsApartThatDifferInCase() {
        assertThat(EventColumns.of(Set.of("Host", "host")).names()).containsExactly("Host", "host", "timestamp");
    }

    @Test
    void movesAnEventsOwnTimestampOutOfTheWay() {
        var columns = EventColumns.of(Set.of("timestamp", "a"));

        assertThat(columns.names()).containsExactly("_timestamp", "a", "timestamp");
        assertThat(columns.ordinals()).isEqualTo(Map.of("timestamp", 0, "a", 1));
    }

    @Test
    void movesItFurtherIfThatPlaceIsTaken() {
        var columns = EventColumns.of(Set.of("timestamp", "_timestamp"));

        assertThat(columns.names()).containsExactly("__timestamp", "_timestamp", "timestamp");
        assertThat(columns.ordinals()).isEqualTo(Map.of("timestamp", 0, "_timestamp", 1));
    }

    @Test
    void extendThoseWhoseFieldsHaveTheSameColumns() {
        var few = EventColumns.of(Set.of("a", "timestamp"));

        assertThat(EventColumns.of(Set.of("a", "b", "timestamp")).extend(few)).isTrue();
        assertThat(EventColumns.of(Set.of("b", "timestamp")).extend(few)).isFalse();
        assertThat(EventColumns.of(Set.of("a", "_timestamp", "timestamp")).extend(few))
                .isFalse();
        assertThat(EventColumns.of(Set.of("a", "_timestamp", "timestamp"))
                        .extend(EventColumns.of(Set.of("a", "_timestamp"))))
                .isTrue();
    }
}
