package dev.questline.query.notebook;

import dev.questline.event.UserError;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.XYChart;

/** What every cell can say without an import. */
public final class Notebook {
    /** The session. A cell that names it starts once Spark is there. */
    @SuppressWarnings("NullAway.Init")
    public static volatile SparkSession spark;

    private static volatile @Nullable Workbench workbench;

    private Notebook() {}

    static void open(Workbench opened) {
        workbench = opened;
    }

    private static Workbench workbench() {
        return Objects.requireNonNull(workbench, "no notebook is open");
    }

    /**
     * The rows of a query over the project's tables: events (the topic up to now), the folders written by extract, any
     * parquet.`/path`, and the views of this session.
     */
    public static Dataset<Row> sql(String query) {
        return workbench().workspace().query(query);
    }

    /** All rows of a table, as SQL names it. */
    public static Dataset<Row> table(String name) {
        return workbench().workspace().table(name);
    }

    /** The log's events of one type, in the columns that they have. */
    public static Dataset<Row> extract(String eventType) {
        return workbench().workspace().extract(eventType);
    }

    /** The log's events of all types; null where one lacks a column. */
    public static Dataset<Row> extract() {
        return workbench().workspace().extract(null);
    }

    /**
     * What each column holds: count and missing for all; unique, top and freq for texts; mean, std, min, quartiles and max
     * for numbers and times.
     */
    public static Dataset<Row> describe(Dataset<?> rows) {
        return new Description(rows.toDF()).rows();
    }

    /** Shows up to so many rows, and goes on. */
    public static void show(Dataset<?> rows, int limit) {
        if (limit < 0) {
            throw UserError.wrongUse("show(…, " + limit + "): allowed is 0 or more rows");
        }
        workbench().screen().show(Shown.of(Grid.of(rows.toDF(), limit)));
    }

    /** Shows a value as a cell's last line would, and goes on. */
    public static void display(@Nullable Object value) {
        workbench().screen().show(Shown.of(value));
    }

    /** A bar for each row: the first column says what it is of, the others how long; or the second tells bars apart. */
    public static CategoryChart bar(Dataset<?> rows) {
        return Charts.bar(rows.toDF(), "");
    }

    /** The same with a title. */
    public static CategoryChart bar(Dataset<?> rows, String title) {
        return Charts.bar(rows.toDF(), title);
    }

    /**
     * A line for each column of numbers over the first column, which has times or numbers; or for each value of the second
     * column, if that has texts.
     */
    public static XYChart line(Dataset<?> rows) {
        return Charts.line(rows.toDF(), "");
    }

    /** The same with a title. */
    public static XYChart line(Dataset<?> rows, String title) {
        return Charts.line(rows.toDF(), title);
    }

    /** How often a column's values lie where. */
    public static CategoryChart histogram(Dataset<?> rows, String column) {
        return Charts.histogram(rows.toDF(), column, "");
    }

    /** The same with a title. */
    public static CategoryChart histogram(Dataset<?> rows, String column, String title) {
        return Charts.histogram(rows.toDF(), column, title);
    }

    /** Makes a library from Maven's repositories usable in what follows: {@code dependency("group:artifact:version")}. */
    public static void dependency(String coordinates) {
        workbench().addDependency(coordinates);
    }

    /** What a cell of SQL does. */
    public static Dataset<Row> sqlCell(String query) {
        return sql(query);
    }

    /** The same, with a name for its rows. */
    public static Dataset<Row> sqlCell(String query, String view) {
        var rows = sql(query);
        rows.createOrReplaceTempView(view);
        return rows;
    }
}
