package dev.questline.query;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.TimeType;

/** Shows a statement's rows to its caller. Spark renders the values, so all of its types work. */
final class Results {
    /** Up to here a table's rows come at once, from no more partitions than it takes. */
    private static final long AT_ONCE = 10_000;

    /** Spark's own formats would leave out all behind the milliseconds. */
    private static final Map<String, String> JSON = Map.of(
            "ignoreNullFields", "false",
            "timestampFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX",
            "timestampNTZFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSSSS");

    private final SqlOptions.Output output;
    private final OptionalLong limit;
    private final Caller caller;

    Results(SqlOptions.Output output, OptionalLong limit, Caller caller) {
        this.output = output;
        this.limit = limit;
        this.caller = caller;
    }

    void print(Dataset<Row> result) throws IOException {
        if (output == SqlOptions.Output.PARQUET) {
            new ParquetFile(caller).print(limit.isPresent() ? result.limit(limited(limit.getAsLong())) : result);
            return;
        }
        var fields = List.of(result.schema().fields());
        var values = output == SqlOptions.Output.JSON ? asJson(result, fields) : asTexts(result, fields);
        if (output.isForPeople() && limit.isPresent() && limit.getAsLong() < AT_ONCE) {
            print(fields, values.takeAsList((int) limit.getAsLong() + 1).iterator());
            return;
        }
        var all = limit.isPresent() ? values.limit(limited(limit.getAsLong()) + 1) : values;
        if (!all.sparkSession().sparkContext().isLocal()) {
            print(fields, all.toLocalIterator());
            return;
        }
        try (var rows = new StreamedRows(all)) {
            print(fields, rows);
        }
    }

    private static int limited(long rows) {
        return (int) Math.min(Integer.MAX_VALUE - 1L, rows);
    }

    private void print(List<StructField> fields, Iterator<Row> all) {
        var rows = new LimitedRows(all, limit.orElse(Long.MAX_VALUE), caller);
        switch (output) {
            case TABLE -> new TableText(fields, caller).print(rows);
            case VERTICAL -> new VerticalText(fields, caller).print(rows);
            case CSV -> CsvText.print(fields, rows, caller.out());
            default -> rows.forEachRemaining(row -> caller.out().print(row.getString(0) + "\n"));
        }
        caller.out().flush();
        if (rows.cut()) {
            caller.err()
                    .println(
                            "questline: only the first " + limit.getAsLong() + " rows are shown; --limit N shows more");
        }
    }

    /** Shows a single text of many lines as it is, where a table would squeeze it into one. */
    void printText(Dataset<Row> result) throws IOException {
        if (output.isForPeople()) {
            caller.out().print(Cell.lines(result.first().getString(0).stripTrailing()) + "\n");
        } else {
            print(result);
        }
    }

    private Dataset<Row> asTexts(Dataset<Row> result, List<StructField> fields) {
        return byPosition(result)
                .select(IntStream.range(0, fields.size())
                        .mapToObj(i -> asText(functions.col("c" + i), fields.get(i)))
                        .toArray(Column[]::new));
    }

    private Column asText(Column value, StructField field) {
        var text = field.dataType() instanceof BinaryType
                ? functions.concat(functions.lit("0x"), functions.hex(value))
                : value.cast("string");
        // What a table doesn't show needn't be held in memory.
        return output.isForPeople() ? text.substr(1, Cell.LONGEST + 1) : text;
    }

    private static Dataset<Row> asJson(Dataset<Row> result, List<StructField> fields) {
        var names = JsonNames.distinct(fields.stream().map(StructField::name).toList());
        var columns = IntStream.range(0, fields.size())
                .mapToObj(i -> asJson(functions.col("c" + i), fields.get(i)).as(names.get(i)))
                .toArray(Column[]::new);
        return byPosition(result).select(functions.to_json(functions.struct(columns), JSON));
    }

    /** A time of day Spark's JSON does not know. */
    private static Column asJson(Column value, StructField field) {
        return field.dataType() instanceof TimeType ? value.cast("string") : value;
    }

    /** With names of our own: the result's may be odd, or the same twice. */
    private static Dataset<Row> byPosition(Dataset<Row> result) {
        var names = IntStream.range(0, result.schema().size())
                .mapToObj(i -> "c" + i)
                .toArray(String[]::new);
        return result.toDF(names);
    }
}
