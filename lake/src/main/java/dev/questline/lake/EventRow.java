package dev.questline.lake;

import dev.questline.event.Event;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** One row, filled anew for each record of a task, and what the task's census wants to know of it. */
final class EventRow implements EventParser.Fields {
    private final Map<String, Integer> ordinals;
    private final int timeOrdinal;
    private final int ownTimestamp;
    private final @Nullable UTF8String wantedType;
    private final Census census;
    private final @Nullable Object[] values;
    private final GenericInternalRow row;

    /** The number of the record that set each column last, which tells a repeated field without clearing anything. */
    private final long[] setBy;

    private final boolean[] everSet;
    private final Set<String> unknown = new HashSet<>();
    private long number;
    private boolean repeated;
    private @Nullable UTF8String type;

    EventRow(EventColumns columns, @Nullable String wantedType, Census census) {
        this.ordinals = columns.ordinals();
        this.timeOrdinal = columns.timeOrdinal();
        this.ownTimestamp = ordinals.getOrDefault(Event.TIME_COLUMN, timeOrdinal);
        this.wantedType = wantedType == null ? null : UTF8String.fromString(wantedType);
        this.census = census;
        this.values = new Object[columns.names().size()];
        this.row = new GenericInternalRow(values);
        this.setBy = new long[values.length];
        this.everSet = new boolean[values.length];
    }

    @Override
    public void field(String name, @Nullable UTF8String value, boolean isString) {
        if (wantedType != null && name.equals(Event.TYPE_FIELD)) {
            type = isString ? value : null;
        }
        var ordinal = ordinals.get(name);
        if (ordinal == null) {
            repeated |= !unknown.add(name);
        } else {
            repeated |= setBy[ordinal] == number;
            setBy[ordinal] = number;
            values[ordinal] = value;
        }
    }

    /** Fills the row from a record; false if the record gives none. The row is good until the next call. */
    boolean fill(byte @Nullable [] value, Census.Position position, @Nullable UTF8String time) {
        begin();
        var reason = EventParser.parse(value, this);
        if (reason != null) {
            census.countSetAside(reason, position);
            return false;
        }
        if (wantedType != null && !wantedType.equals(type)) {
            countOtherType();
            return false;
        }
        countRow();
        values[timeOrdinal] = time;
        return true;
    }

    InternalRow row() {
        return row;
    }

    /** Whether the row has all fields of its record. */
    boolean isWhole() {
        return unknown.isEmpty();
    }

    /** To be called after the task's last record. */
    void finish() {
        ordinals.forEach((field, ordinal) -> {
            if (everSet[ordinal]) {
                census.addField(field);
            }
        });
    }

    private void begin() {
        number++;
        Arrays.fill(values, null);
        unknown.clear();
        repeated = false;
        type = null;
    }

    private void countOtherType() {
        census.countOtherType();
        if (type != null) {
            census.addNameOfOtherType(type.toString());
        }
    }

    private void countRow() {
        for (var i = 0; i < setBy.length; i++) {
            everSet[i] |= setBy[i] == number;
        }
        unknown.forEach(census::addField);
        var own = ownTimestamp != timeOrdinal ? setBy[ownTimestamp] == number : unknown.contains(Event.TIME_COLUMN);
        census.countRow(repeated, own);
    }
}
