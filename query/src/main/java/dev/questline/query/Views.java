package dev.questline.query;

import dev.questline.event.UserError;
import java.io.PrintStream;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The views of one statement, each made at its first use. Their names are numbered: a session's names have no case, paths
 * have, and other statements of the session may run at the same time.
 */
final class Views {
    static final String CASE_SENSITIVE = "spark.sql.caseSensitive";

    private static final Pattern NUMBERED = Pattern.compile(".* \\(view \\d+ of a statement\\)", Pattern.DOTALL);
    private static final AtomicLong NUMBER = new AtomicLong();

    private final SparkSession spark;
    private final PrintStream err;
    private final Map<String, String> made = new HashMap<>();

    Views(SparkSession spark, PrintStream err) {
        this.spark = spark;
        this.err = err;
    }

    /** A folder written by {@code extract}. */
    String addFolder(String name, String uri) {
        return add(name, session -> {
            try {
                // A registered path is the name of one folder, even if it looks like a pattern.
                return session.read().option("__globPaths__", "false").parquet(new Path(URI.create(uri)).toString());
            } catch (Exception e) {
                throw unreadable("table '" + name + "': ", uri, e);
            }
        });
    }

    /** Files of any format Spark reads. */
    String addFiles(String format, String path) {
        return add(format + "." + path, session -> {
            try {
                return session.read().format(format).load(path);
            } catch (Exception e) {
                throw unreadable("", path, e);
            }
        });
    }

    /** Whether the session has a view of this name that its caller defined. */
    boolean isOfCaller(String name) {
        return !isNumbered(name)
                && spark.sessionState().catalog().getTempView(name).isDefined();
    }

    /** A name that nothing else has. */
    static String numbered(String name) {
        return key(name + " (view " + NUMBER.incrementAndGet() + " of a statement)");
    }

    /** Whether it is one that was numbered. */
    static boolean isNumbered(String name) {
        return NUMBERED.matcher(name).matches();
    }

    /** Takes the names back; what has been made of the views goes on without them. */
    void drop() {
        made.values().forEach(view -> spark.sessionState().catalog().dropTempView(view));
    }

    /** The view of what a statement calls by this name. */
    String add(String name, Function<SparkSession, Dataset<Row>> read) {
        var known = made.get(name);
        if (known != null) {
            return known;
        }
        var table = readWithCase(name, read);
        var view = numbered(name);
        table.createOrReplaceTempView("`" + view.replace("`", "``") + "`");
        made.put(name, view);
        return view;
    }

    /** As a session keeps a name, and finds it even while it minds the case. */
    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
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
