package dev.questline.query;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;

/** An aligned table for people, as psql shows it. Widths follow the first rows, so that the others can stream. */
final class TableText {
    private static final int ROWS_MEASURED = 1_000;

    private final List<String> names;
    private final boolean[] numeric;
    private final int terminal;
    private final PrintStream out;

    TableText(List<StructField> fields, Caller caller) {
        this.names = fields.stream().map(field -> Cell.shown(field.name())).toList();
        this.numeric = new boolean[fields.size()];
        IntStream.range(0, numeric.length)
                .forEach(i -> numeric[i] = fields.get(i).dataType() instanceof NumericType);
        this.terminal = caller.width();
        this.out = caller.out();
    }

    void print(LimitedRows rows) {
        var first = new ArrayList<List<String>>();
        while (first.size() < ROWS_MEASURED && rows.hasNext()) {
            first.add(cells(rows.next()));
        }
        var widths = ColumnWidths.of(natural(first), terminal);
        printRow(names, widths);
        out.print(String.join("-+-", Arrays.stream(widths).mapToObj("-"::repeat).toList()) + "\n");
        first.forEach(row -> printRow(row, widths));
        rows.forEachRemaining(row -> printRow(cells(row), widths));
        out.print(rows.count() == 1 ? "(1 row)\n" : "(" + rows.count() + " rows)\n");
    }

    private static List<String> cells(Row row) {
        return IntStream.range(0, row.size())
                .mapToObj(i -> row.isNullAt(i) ? "NULL" : Cell.shown(row.getString(i)))
                .toList();
    }

    private int[] natural(List<List<String>> rows) {
        var widths = names.stream().mapToInt(DisplayWidth::of).toArray();
        for (var row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], DisplayWidth.of(row.get(i)));
            }
        }
        return widths;
    }

    private void printRow(List<String> cells, int[] widths) {
        var line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(i == 0 ? "" : " | ").append(Cell.fit(cells.get(i), widths[i], numeric[i]));
        }
        out.print(line.toString().stripTrailing() + "\n");
    }
}
