package dev.questline.query;

import dev.questline.event.UserError;
import java.io.PrintStream;
import java.net.URI;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.StructType;

/** The views of one session, each made at its first use. */
final class Views {
    static final String CASE_SENSITIVE = "spark.sql.caseSensitive";

    private final SparkSession spark;
    private final PrintStream err;
    private final Set<String> made = new HashSet<>();

    Views(SparkSession spark, PrintStream err) {
        this.spark = spark;
        this.err = err;
    }

    /** A folder written by {@code extract}. */
    void addFolder(String name, String uri) {
        add(name, session -> {
            try {
                // A registered path is the name of one folder, even if it looks like a pattern.
                return session.read().option("__globPaths__", "false").parquet(new Path(URI.create(uri)).toString());
            } catch (Exception e) {
                throw unreadable("table '" + name + "': ", uri, e);
            }
        });
    }

    /** Files of any format Spark reads; the view is named by format and path. */
    String addFiles(String format, String path) {
        var name = format + "." + path;
        add(name, session -> {
            try {
                return session.read().format(format).load(path);
            } catch (Exception e) {
                throw unreadable("", path, e);
            }
        });
        return name;
    }

    /** Whether the session has a view of this name that was not made here. */
    boolean isOfCaller(String name) {
        return !made.contains(name)
                && spark.sessionState().catalog().getTempView(name).isDefined();
    }

    /** Takes the names back; what has been made of the views goes on without them. */
    void drop() {
        made.forEach(name -> spark.sessionState().catalog().dropTempView(name));
    }

    void add(String name, Function<SparkSession, Dataset<Row>> read) {
        if (made.add(name)) {
            var table = readWithCase(name, read);
            table.createOrReplaceTempView("`" + name.replace("`", "``") + "`");
        }
    }

    private Dataset<Row> readWithCase(String name, Function<SparkSession, Dataset<Row>> read) {
        try {
            var table = read.apply(spark);
            if (differOnlyInCase(table.schema())) {
                respectCase(name);
            }
            return table;
        } catch (AmbiguousColumns e) {
            respectCase(name);
            return read.apply(spark);
        }
    }

    private void respectCase(String name) {
        if (!spark.conf().get(CASE_SENSITIVE).equals("true")) {
            spark.conf().set(CASE_SENSITIVE, "true");
            err.println("questline: '" + name + "' has columns that differ only in capitals;"
                    + " names are compared exactly in this statement");
        }
    }

    private static boolean differOnlyInCase(StructType schema) {
        var names = schema.fieldNames();
        return Arrays.stream(names)
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .distinct()
                        .count()
                < names.length;
    }

    private static RuntimeException unreadable(String what, String path, Exception e) {
        return switch (condition(e)) {
            case "COLUMN_ALREADY_EXISTS" -> new AmbiguousColumns(e);
            case "PATH_NOT_FOUND" -> UserError.failed(what + path + " does not exist", e);
            case "UNABLE_TO_INFER_SCHEMA" -> UserError.failed(what + path + " holds no " + format(e) + " files", e);
            default -> UserError.failed(what + "cannot read " + path + ": " + Failure.reason(e), e);
        };
    }

    private static String format(Exception e) {
        return ((SparkThrowable) e).getMessageParameters().getOrDefault("format", "such");
    }

    private static String condition(Exception e) {
        var condition = e instanceof SparkThrowable thrown ? thrown.getCondition() : "";
        return condition == null ? "" : condition;
    }

    /** The columns can only be told apart by their case. */
    private static final class AmbiguousColumns extends RuntimeException {
        AmbiguousColumns(Exception cause) {
            super(cause);
        }
    }
}
