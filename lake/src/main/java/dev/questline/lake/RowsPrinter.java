package dev.questline.lake;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;

/** Prints rows: as Spark shows them to people, or whole for scripts. */
record RowsPrinter(SparkSession spark, PrintStream out) {
    static final int CHARACTERS_SHOWN = 200;

    /** A job each; small enough for the driver's memory whatever the values, large enough not to dawdle. */
    private static final long RECORDS_OF_A_SLICE = 20_000;

    /** Schema, table and count. */
    void printTable(Extraction.Outcome<List<Row>> outcome) {
        var schema = outcome.columns().schema();
        out.println(schema.treeString());
        var table = spark.createDataFrame(outcome.result(), schema);
        out.print(((org.apache.spark.sql.classic.Dataset<Row>) table)
                .showString(Math.max(1, outcome.result().size()), CHARACTERS_SHOWN, false));
        out.println(countLine(outcome.result().size(), outcome.census().rows()));
    }

    private static String countLine(long shown, long rows) {
        return shown == rows
                ? "(" + Counted.of(rows, "row") + ")"
                : "(" + Counted.of(shown) + " of " + Counted.of(rows, "row") + "; --limit N shows more)";
    }

    /** The rows alone, in order, slice by slice, so that they need not fit into memory. */
    void printLines(Extraction extraction, EventColumns columns, RowFormat format, int limit) {
        format.header(columns.names()).ifPresent(this::printLine);
        var left = limit;
        for (var slice : slices(extraction.source())) {
            if (left == 0 || out.checkError()) {
                return;
            }
            var lines = linesOf(slice, extraction, columns, format, left);
            lines.forEach(this::printLine);
            left -= lines.size();
        }
    }

    private List<String> linesOf(
            RecordSource slice, Extraction extraction, EventColumns columns, RowFormat format, int limit) {
        var rows = new EventRows(columns, extraction.wantedType(), CensusAccumulator.in(spark));
        var names = columns.names();
        var lines = rows.of(slice.records()).map((InternalRow row) -> format.line(names, row));
        return limit < RECORDS_OF_A_SLICE ? lines.take(limit) : lines.collect();
    }

    private static List<RecordSource> slices(RecordSource source) {
        return source.spans().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(span -> span.getValue()
                        .slices(RECORDS_OF_A_SLICE)
                        .map(slice -> source.within(Map.of(span.getKey(), slice))))
                .toList();
    }

    /** Not println: lines end alike on every machine. */
    private void printLine(String line) {
        out.print(line + "\n");
    }
}
