package dev.questline.lake;

import static java.util.stream.Collectors.joining;

import dev.questline.event.Event;
import java.io.PrintStream;

/** Tells what became of every record. The numbers add up: read = rows + other event types + set aside. */
record Report(PrintStream err, String topic) {

    void print(Census census, EventColumns columns) {
        var line = new StringBuilder(
                "extract: " + Counted.of(census.read(), "record") + " read, " + Counted.of(census.rows(), "row"));
        if (census.otherTypes() > 0) {
            line.append(", " + Counted.of(census.otherTypes()) + " of other event types");
        }
        if (!census.setAside().isEmpty()) {
            line.append(", ").append(setAside(census));
        }
        err.println(line);
        printNotes(census, columns);
    }

    private String setAside(Census census) {
        var all = census.setAside().values().stream().mapToLong(Long::longValue).sum();
        return Counted.of(all) + " set aside: "
                + census.setAside().entrySet().stream()
                        .map(reason -> Counted.of(reason.getValue()) + " " + reason.getKey()
                                + examples(census, reason.getKey(), reason.getValue()))
                        .collect(joining(", "));
    }

    private String examples(Census census, SetAside reason, long count) {
        var examples = census.examples(reason);
        return examples.stream()
                .map(position -> topic + "-" + position.partition() + "@" + position.offset())
                .collect(joining(" ", " (", count > examples.size() ? " …)" : ")"));
    }

    private void printNotes(Census census, EventColumns columns) {
        if (census.withRepeatedFields() > 0) {
            err.println("extract: " + Counted.of(census.withRepeatedFields(), "row")
                    + " with a field that occurs twice in its record; the last one counts");
        }
        if (census.withOwnTimestamp() > 0) {
            err.println("extract: " + Counted.of(census.withOwnTimestamp(), "row") + " with a field "
                    + Event.TIME_COLUMN + " of its own; it is in column "
                    + columns.ownTimestamp());
        }
    }
}
