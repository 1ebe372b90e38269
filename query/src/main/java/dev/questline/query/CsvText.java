package dev.questline.query;

import dev.questline.lake.Csv;
import java.io.PrintStream;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;

/**
 * RFC 4180 but for the line ends, which are those of the tools it is piped into; with a header. Null is nothing at all, an
 * empty text is {@code ""}.
 */
final class CsvText {
    private CsvText() {}

    static void print(List<StructField> fields, Iterator<Row> rows, PrintStream out) {
        out.print(fields.stream().map(field -> value(field.name())).collect(Collectors.joining(",", "", "\n")));
        rows.forEachRemaining(row -> out.print(IntStream.range(0, row.size())
                .mapToObj(i -> value(row.getString(i)))
                .collect(Collectors.joining(",", "", "\n"))));
    }

    private static String value(@Nullable String value) {
        return value == null ? "" : Csv.value(value);
    }
}
