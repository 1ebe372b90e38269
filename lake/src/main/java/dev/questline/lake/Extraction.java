package dev.questline.lake;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Reads records in exactly the columns that occur in them: in one pass if a sample tells which, else in two. */
record Extraction(
        SparkSession spark, RecordSource source, @Nullable String wantedType) {
    private static final int PASSES = 3;

    /** What a pass gave, and what it read. */
    record Outcome<T>(T result, EventColumns columns, Census census) {}

    /**
     * Runs a pass over all records, and again if there were other fields among them than it had columns.
     *
     * @param pass must ask for every row; what it did for a run that has to be repeated, it must undo itself
     */
    <T> Outcome<T> run(Function<EventRows, T> pass) {
        var columns = EventColumns.of(fieldsOfSample());
        for (var attempt = 1; attempt <= PASSES; attempt++) {
            var accumulator = CensusAccumulator.in(spark);
            var result = pass.apply(new EventRows(columns, wantedType, accumulator));
            var census = accumulator.value();
            if (columns.hold(census.fields())) {
                return new Outcome<>(result, columns, census);
            }
            columns = EventColumns.of(census.fields());
        }
        throw new IllegalStateException("each of " + PASSES + " passes over the same records found other fields");
    }

    /** Reads everything for the columns and counts alone. */
    Outcome<Long> count() {
        return run(rows -> rows.of(source.records()).count());
    }

    private Set<String> fieldsOfSample() {
        var census = new Census();
        var row = new EventRow(EventColumns.of(Set.of()), wantedType, census);
        var nowhere = new Census.Position(0, 0);
        source.sample().forEach(value -> row.fill(value, nowhere, null));
        return new TreeSet<>(census.fields());
    }
}
