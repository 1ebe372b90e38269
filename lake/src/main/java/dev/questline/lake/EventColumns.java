package dev.questline.lake;

import dev.questline.event.Event;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a set of events: their fields by name and the record's time, in ASCII's order.
 *
 * @param fields the fields, in order
 * @param names the columns, in order
 */
record EventColumns(List<String> fields, List<String> names) implements Serializable {

    /** An event's own field {@code timestamp} gives way to the record's time, under underscores enough to be alone. */
    static EventColumns of(Set<String> fields) {
        var names = new TreeSet<>(fields);
        if (!names.add(Event.TIME_COLUMN)) {
            names.add(aside(fields));
        }
        return new EventColumns(List.copyOf(new TreeSet<>(fields)), List.copyOf(names));
    }

    /** Whether each field of those has the same column here. */
    boolean extend(EventColumns narrower) {
        return fields.containsAll(narrower.fields)
                && (!narrower.fields.contains(Event.TIME_COLUMN)
                        || narrower.ownTimestamp().equals(ownTimestamp()));
    }

    /** The column of the events' own field {@code timestamp}. */
    String ownTimestamp() {
        return aside(Set.copyOf(fields));
    }

    private static String aside(Set<String> fields) {
        var name = "_" + Event.TIME_COLUMN;
        while (fields.contains(name)) {
            name = "_" + name;
        }
        return name;
    }

    /** Where each field's values go. */
    Map<String, Integer> ordinals() {
        var places = new TreeMap<String, Integer>();
        for (var i = 0; i < names.size(); i++) {
            places.put(names.get(i), i);
        }
        var ordinals = new HashMap<String, Integer>();
        for (var field : fields) {
            ordinals.put(field, places.get(field.equals(Event.TIME_COLUMN) ? ownTimestamp() : field));
        }
        return ordinals;
    }

    /** Where the record's time goes. */
    int timeOrdinal() {
        return names.indexOf(Event.TIME_COLUMN);
    }

    StructType schema() {
        var schema = new StructType();
        for (var name : names) {
            schema = schema.add(name, DataTypes.StringType);
        }
        return schema;
    }
}
