package dev.questline.lake;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Reads records in exactly the columns that occur in them: in one pass if a sample tells which, or nearly; else in two. */
record Extraction(
        SparkSession spark, RecordSource source, @Nullable String wantedType) {
    private static final int PASSES = 3;

    /** What is done with the rows. */
    interface Pass<T> {
        /** Asks for every row; what an earlier call did for rows with other columns, it must undo itself. */
        T read(EventRows rows);

        /**
         * Adds the rows of these few records to what {@link #read} did with all others.
         *
         * @param rows the columns that it had, each under the same name, and more
         * @return nothing if it would rather read everything again
         */
        default Optional<T> complete(EventRows rows, Misfits misfits) {
            return Optional.empty();
        }
    }

    /** What a pass gave, and what it read. */
    record Outcome<T>(T result, EventColumns columns, Census census) {}

    /** Runs a pass over all records; if there were other fields among them than it had columns, completes or repeats it. */
    <T> Outcome<T> run(Pass<T> pass) {
        var columns = EventColumns.of(fieldsOfSample());
        for (var attempt = 1; attempt <= PASSES; attempt++) {
            var accumulator = CensusAccumulator.in(spark);
            var result = pass.read(new EventRows(columns, wantedType, accumulator));
            var census = accumulator.value();
            var exact = EventColumns.of(census.fields());
            if (columns.equals(exact)) {
                return new Outcome<>(result, exact, census);
            }
            var completed = exact.extend(columns) ? complete(pass, exact, census.misfits()) : Optional.<T>empty();
            if (completed.isPresent()) {
                return new Outcome<>(completed.get(), exact, census);
            }
            columns = exact;
        }
        throw new IllegalStateException("each of " + PASSES + " passes over the same records found other fields");
    }

    private <T> Optional<T> complete(Pass<T> pass, EventColumns columns, Misfits misfits) {
        return misfits.areAllKept()
                ? pass.complete(new EventRows(columns, wantedType, CensusAccumulator.in(spark)), misfits)
                : Optional.empty();
    }

    /** Reads everything, once, for the columns and counts alone. */
    Outcome<Long> count() {
        var accumulator = CensusAccumulator.in(spark);
        new EventRows(EventColumns.of(fieldsOfSample()), wantedType, accumulator)
                .of(source.records())
                .count();
        var census = accumulator.value();
        return new Outcome<>(census.rows(), EventColumns.of(census.fields()), census);
    }

    private Set<String> fieldsOfSample() {
        var census = new Census();
        var row = new EventRow(EventColumns.of(Set.of()), wantedType, census);
        var nowhere = new Census.Position(0, 0);
        source.sample().forEach(value -> row.fill(value, nowhere, null));
        return new TreeSet<>(census.fields());
    }
}
