package dev.questline.lake;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * What became of the records that were read: each is a row, of another event type, or set aside. Built by one task,
 * merged on the driver.
 */
final class Census implements Serializable {
    private static final int EXAMPLES = 3;
    private static final int OTHER_TYPES_NAMED = 1000;

    private long read;
    private long rows;
    private long otherTypes;
    private long withRepeatedFields;
    private long withOwnTimestamp;
    private final Set<String> fields = new TreeSet<>();
    private final Set<String> namesOfOtherTypes = new TreeSet<>();
    private final Map<SetAside, Long> setAside = new EnumMap<>(SetAside.class);
    private final Map<SetAside, List<Position>> examples = new EnumMap<>(SetAside.class);
    private final Map<Integer, OffsetSpan> setAsideSpans = new HashMap<>();
    private final Misfits misfits = new Misfits();

    void countRow(boolean repeatedFields, boolean ownTimestamp) {
        read++;
        rows++;
        withRepeatedFields += repeatedFields ? 1 : 0;
        withOwnTimestamp += ownTimestamp ? 1 : 0;
    }

    void countOtherType() {
        read++;
        otherTypes++;
    }

    void countSetAside(SetAside reason, Position position) {
        read++;
        setAside.merge(reason, 1L, Long::sum);
        addExample(reason, position);
        setAsideSpans.merge(position.partition(), OffsetSpan.at(position.offset()), OffsetSpan::union);
    }

    private void addExample(SetAside reason, Position position) {
        var positions = examples.computeIfAbsent(reason, any -> new ArrayList<>());
        positions.add(position);
        if (positions.size() > EXAMPLES) {
            positions.sort(null);
            positions.remove(EXAMPLES);
        }
    }

    void addField(String field) {
        fields.add(field);
    }

    void addMisfit(InternalRow record) {
        misfits.add(record);
    }

    /** Keeps the name for a suggestion; there may be no end of different ones. */
    void addNameOfOtherType(String type) {
        if (namesOfOtherTypes.size() < OTHER_TYPES_NAMED) {
            namesOfOtherTypes.add(type);
        }
    }

    void merge(Census other) {
        read += other.read;
        rows += other.rows;
        otherTypes += other.otherTypes;
        withRepeatedFields += other.withRepeatedFields;
        withOwnTimestamp += other.withOwnTimestamp;
        fields.addAll(other.fields);
        other.namesOfOtherTypes.forEach(this::addNameOfOtherType);
        other.setAside.forEach((reason, count) -> setAside.merge(reason, count, Long::sum));
        other.examples.forEach((reason, positions) -> positions.forEach(position -> addExample(reason, position)));
        other.setAsideSpans.forEach((partition, span) -> setAsideSpans.merge(partition, span, OffsetSpan::union));
        misfits.merge(other.misfits);
    }

    long read() {
        return read;
    }

    long rows() {
        return rows;
    }

    long otherTypes() {
        return otherTypes;
    }

    long withRepeatedFields() {
        return withRepeatedFields;
    }

    long withOwnTimestamp() {
        return withOwnTimestamp;
    }

    /** The fields that occur in the rows. */
    Set<String> fields() {
        return fields;
    }

    Set<String> namesOfOtherTypes() {
        return namesOfOtherTypes;
    }

    Map<SetAside, Long> setAside() {
        return setAside;
    }

    /** The first few records set aside for this reason. */
    List<Position> examples(SetAside reason) {
        return examples.getOrDefault(reason, List.of());
    }

    /** Between which offsets of each partition the records set aside are. */
    Map<Integer, OffsetSpan> setAsideSpans() {
        return setAsideSpans;
    }

    /** Those counted as rows that have yet to become some. */
    Misfits misfits() {
        return misfits;
    }

    /** A record's place in the topic. */
    record Position(int partition, long offset) implements Serializable, Comparable<Position> {
        @Override
        public int compareTo(Position other) {
            return partition == other.partition
                    ? Long.compare(offset, other.offset)
                    : Integer.compare(partition, other.partition);
        }
    }
}
