package dev.questline.query.notebook;

import dev.questline.query.Workspace;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.SQLExecution;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import scala.Option;

/**
 * The beginning of a table, as texts.
 *
 * @param fields the columns shown
 * @param moreColumns how many columns are not
 * @param moreRows whether there are rows that are not
 */
record Grid(List<StructField> fields, List<Row> rows, int moreColumns, boolean moreRows) {
    private static final int COLUMNS = 100;

    /** More of one value is never shown, nor brought here. */
    private static final int CHARACTERS = 300;

    private static final String CELL = "padding:2px 10px;white-space:pre;";

    static Grid of(Dataset<Row> table, int limit) {
        var all = List.of(table.schema().fields());
        var fields = all.subList(0, Math.min(all.size(), COLUMNS));
        var found = take(texts(table, fields), limit == Integer.MAX_VALUE ? limit : limit + 1);
        var moreRows = found.size() > limit;
        var rows = moreRows ? found.subList(0, limit) : found;
        return new Grid(fields, rows, all.size() - fields.size(), moreRows);
    }

    /** As {@link Dataset#takeAsList}, which needs Scala's reflection: its start would take half a second of the first cell. */
    private static List<Row> take(Dataset<Row> texts, int limit) {
        var execution = ((org.apache.spark.sql.classic.Dataset<Row>) texts.limit(limit)).queryExecution();
        var rows = SQLExecution.withNewExecutionId(
                execution, Option.apply("take"), () -> execution.executedPlan().executeCollect());
        var width = texts.schema().size();
        return Arrays.stream(rows).map(row -> row(row, width)).toList();
    }

    private static Row row(InternalRow row, int width) {
        return RowFactory.create(IntStream.range(0, width)
                .mapToObj(i -> row.isNullAt(i) ? null : row.getUTF8String(i).toString())
                .toArray());
    }

    /** By position: names may be odd, or the same twice. Spark renders the values, so all of its types work. */
    private static Dataset<Row> texts(Dataset<Row> table, List<StructField> fields) {
        var names =
                IntStream.range(0, table.schema().size()).mapToObj(i -> "c" + i).toArray(String[]::new);
        return table.toDF(names)
                .select(IntStream.range(0, fields.size())
                        .mapToObj(i -> text(functions.col("c" + i), fields.get(i)))
                        .toArray(Column[]::new));
    }

    private static Column text(Column value, StructField field) {
        var text = field.dataType() instanceof BinaryType
                ? functions.concat(functions.lit("0x"), functions.hex(value))
                : value.cast("string");
        return text.substr(1, CHARACTERS + 1);
    }

    /** An aligned table for a page of any width. */
    String text() {
        return text(0);
    }

    /** The same, cut to a terminal's width unless that is 0. */
    String text(int width) {
        return Workspace.aligned(fields, rows, width)
                + rest().map(rest -> rest + "\n").collect(Collectors.joining());
    }

    private java.util.stream.Stream<String> rest() {
        return java.util.stream.Stream.of(
                        moreRows
                                ? "only the first " + count(rows.size(), "row") + (rows.size() == 1 ? " is" : " are")
                                        + " shown; show(ds, N) shows N"
                                : "",
                        moreColumns > 0
                                ? "only the first " + fields.size() + " of "
                                        + count(fields.size() + moreColumns, "column") + " are shown"
                                : "")
                .filter(line -> !line.isEmpty());
    }

    private static String count(int number, String what) {
        return String.format(Locale.ROOT, "%,d %s%s", number, what, number == 1 ? "" : "s");
    }

    /** With the columns' types under their names. */
    String html() {
        var html = new StringBuilder("<div style=\"overflow:auto;max-height:26em\">\n<table>\n<thead><tr>");
        for (var field : fields) {
            html.append("<th style=\"" + CELL + "text-align:" + side(field) + "\">" + escaped(field.name())
                    + "<br><span style=\"font-weight:normal;font-size:85%;color:#888\">"
                    + escaped(cut(field.dataType().simpleString())) + "</span></th>");
        }
        html.append("</tr></thead>\n<tbody>\n");
        rows.forEach(row -> append(html, row));
        html.append("</tbody>\n</table>\n</div>\n<p style=\"color:#888;font-size:85%\">");
        html.append(count(rows.size(), "row"));
        rest().forEach(line -> html.append("<br>").append(escaped(line)));
        return html.append("</p>").toString();
    }

    private void append(StringBuilder html, Row row) {
        html.append("<tr>");
        for (int i = 0; i < fields.size(); i++) {
            html.append("<td style=\"" + CELL + "text-align:" + side(fields.get(i)) + "\">"
                    + (row.isNullAt(i) ? "<span style=\"color:#aaa\">null</span>" : escaped(cut(row.getString(i))))
                    + "</td>");
        }
        html.append("</tr>\n");
    }

    private static String side(StructField field) {
        return field.dataType() instanceof NumericType ? "right" : "left";
    }

    private static String cut(String text) {
        return text.codePointCount(0, text.length()) > CHARACTERS
                ? text.substring(0, text.offsetByCodePoints(0, CHARACTERS - 1)) + "…"
                : text;
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
