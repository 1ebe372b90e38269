package dev.questline.query;

import java.io.PrintStream;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/** A line for each value, for rows too wide for a table: psql's {@code \x}. */
final class VerticalText {
    private final List<String> names;
    private final int nameWidth;
    private final PrintStream out;
    private final PrintStream err;
    private boolean isCut;

    VerticalText(List<StructField> fields, Caller caller) {
        this.names = fields.stream().map(field -> Cell.shown(field.name())).toList();
        this.nameWidth = names.stream().mapToInt(DisplayWidth::of).max().orElse(0);
        this.out = caller.out();
        this.err = caller.err();
    }

    void print(LimitedRows rows) {
        while (rows.hasNext()) {
            var row = rows.next();
            var head = "-[ row " + rows.count() + " ]";
            out.print(head + "-".repeat(Math.max(0, nameWidth + 3 - head.length())) + "\n");
            for (int i = 0; i < row.size(); i++) {
                printValue(names.get(i), row, i);
            }
        }
        out.print(rows.count() == 1 ? "(1 row)\n" : "(" + rows.count() + " rows)\n");
        out.flush();
        if (isCut) {
            err.println("questline: values longer than " + Cell.LONGEST + " characters are cut;"
                    + " --output csv or json shows them whole");
        }
    }

    private void printValue(String name, Row row, int i) {
        isCut |= !row.isNullAt(i) && Cell.isCut(row.getString(i));
        var value = row.isNullAt(i) ? "NULL" : Cell.shown(row.getString(i));
        out.print(Cell.fit(name, nameWidth, false) + " | " + value + "\n");
    }
}
