package dev.questline.lake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

class EventRowTest {
    private static final UTF8String TIME = UTF8String.fromString("now");

    private final Census census = new Census();

    @Test
    void leavesNothingOfTheRecordBefore() {
        var row = row(null, "a", "b");
        fill(row, "{\"a\":1,\"b\":2}");
        fill(row, "{\"b\":3}");

        assertThat(row.row().isNullAt(0)).isTrue();
        assertThat(row.row().getUTF8String(1)).hasToString("3");
        assertThat(row.row().getUTF8String(2)).isEqualTo(TIME);
    }

    @Test
    void takesTheLastOfARepeatedFieldAndCountsTheRow() {
        var row = row(null, "a");
        fill(row, "{\"a\":1,\"a\":2}");
        fill(row, "{\"new\":1,\"new\":2}");
        fill(row, "{\"a\":1}");

        assertThat(census.withRepeatedFields()).isEqualTo(2);
        assertThat(row.row().getUTF8String(0)).hasToString("1");
    }

    @Test
    void keepsAnEventsOwnTimestamp() {
        var row = row(null, "timestamp");
        fill(row, "{\"timestamp\":\"mine\"}");

        assertThat(row.row().getUTF8String(0)).hasToString("mine");
        assertThat(row.row().getUTF8String(1)).isEqualTo(TIME);
        assertThat(census.withOwnTimestamp()).isOne();
    }

    @Test
    void countsFieldsOfTheWantedTypeAlone() {
        var row = row("sword", "event_type", "a");
        assertThat(fill(row, "{\"a\":1,\"only_knife\":1,\"event_type\":\"knife\"}"))
                .isFalse();
        assertThat(fill(row, "{\"event_type\":[\"sword\"]}")).isFalse();
        assertThat(fill(row, "{\"new\":1,\"event_type\":\"sword\"}")).isTrue();
        row.finish();

        assertThat(census.fields()).containsExactlyInAnyOrder("event_type", "new");
        assertThat(census.namesOfOtherTypes()).containsExactly("knife");
    }

    @Test
    void lookForATypeInItsLastOccurrence() {
        var row = row("sword", "event_type");

        assertThat(fill(row, "{\"event_type\":\"knife\",\"event_type\":\"\\u0073word\"}"))
                .isTrue();
        assertThat(fill(row, "{\"event_type\":\"sword\",\"event_type\":5}")).isFalse();
    }

    @Test
    void countsEveryRecordOnce() {
        var row = row("sword", "event_type");
        fill(row, "{\"event_type\":\"sword\"}");
        fill(row, "{\"event_type\":\"knife\"}");
        fill(row, "{}");
        fill(row, "no json");
        fill(row, "[]");

        assertThat(census.read()).isEqualTo(5);
        assertThat(census.rows()).isEqualTo(1);
        assertThat(census.otherTypes()).isEqualTo(2);
        assertThat(census.setAside().values()).containsExactly(1L, 1L);
    }

    private EventRow row(String wantedType, String... fields) {
        return new EventRow(EventColumns.of(Set.of(fields)), wantedType, census);
    }

    private static boolean fill(EventRow row, String value) {
        return row.fill(value.getBytes(UTF_8), new Census.Position(0, 0), TIME);
    }
}
