package dev.questline.query;

import dev.questline.event.UserError;
import java.util.regex.Pattern;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.classic.SparkSession;
import org.jspecify.annotations.Nullable;

/** Says in a few lines what Spark says in thirty: the place in the statement, the reason, a suggestion. */
final class Failure {
    private static final Pattern CONDITION = Pattern.compile("^\\s*\\[[A-Z0-9_.]+] ");
    private static final Pattern TAIL =
            Pattern.compile("\\s*(SQLSTATE: \\w+|== SQL|Driver stacktrace|;?\\n\\s*(at |['+])).*", Pattern.DOTALL);

    /** Advice to change Spark's settings, which a statement can't here. */
    private static final Pattern ADVICE =
            Pattern.compile(" If necessary,? set \\S+ to \\S+ to [^.]*\\.| according to the SQL config \\S+?(?=\\.)");

    /** More of a message is not shown; where it is longer, this much of its beginning and its end. */
    private static final int LONGEST = 2_000;

    private static final int QUOTED = 500;

    private final SparkSession spark;
    private final Statement statement;

    Failure(SparkSession spark, Statement statement) {
        this.spark = spark;
        this.statement = statement;
    }

    /** The error to show; an exception that isn't Spark's answer to the statement comes back as it is. */
    RuntimeException explain(Exception e) {
        var thrown = nearest(e);
        if (thrown == null) {
            return unchecked(e);
        }
        var place = Place.of(thrown, statement.script());
        return UserError.failed(Cell.lines(Place.around(place, message(thrown))), e);
    }

    static RuntimeException unchecked(Throwable e) {
        return e instanceof RuntimeException bug ? bug : new IllegalStateException(e);
    }

    /** What an exception says, without Spark's wrapping. */
    static String reason(Throwable e) {
        var thrown = nearest(e);
        var said = thrown != null && ((SparkThrowable) thrown).getCondition() != null ? thrown : root(e);
        var message = said.getMessage();
        if (said instanceof SparkThrowable broken && isBrokenFile(broken)) {
            return broken.getMessageParameters().get("path")
                    + (String.valueOf(broken.getCondition()).endsWith("FILE_NOT_EXIST")
                            ? " is gone, as when a table is replaced while it is read; read it anew"
                            : " is broken, half-written or of another format");
        }
        if (said instanceof SparkThrowable illegal && "PARQUET_TYPE_ILLEGAL".equals(illegal.getCondition())) {
            return illegalType(illegal.getMessageParameters().getOrDefault("parquetType", ""));
        }
        return message == null ? said.getClass().getSimpleName() : clean(message);
    }

    private static String illegalType(String type) {
        return "there is a column of the type " + type + ", which Spark does not read"
                + (type.contains("TIMESTAMP(NANOS") ? "; it does in microseconds, as TIMESTAMP(MICROS)" : "");
    }

    private static boolean isBrokenFile(SparkThrowable e) {
        return String.valueOf(e.getCondition()).startsWith("FAILED_READ_FILE")
                && e.getMessageParameters().containsKey("path");
    }

    /** The innermost exception that has one of Spark's conditions, else the outermost of Spark's. */
    private static @Nullable Throwable nearest(Throwable e) {
        Throwable found = null;
        for (var cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SparkThrowable thrown && (thrown.getCondition() != null || found == null)) {
                found = cause;
            }
        }
        return found;
    }

    private static Throwable root(Throwable e) {
        var root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private String message(Throwable e) {
        return new Mistakes(spark).of((SparkThrowable) e).orElseGet(() -> reason(e));
    }

    static String clean(String message) {
        var cut = TAIL.matcher(CONDITION.matcher(message).replaceFirst("")).replaceFirst("");
        var text = shortened(ADVICE.matcher(cut).replaceAll("").strip());
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    /** Without its middle, if it quotes a value of more than anybody wants to read. */
    private static String shortened(String text) {
        return text.length() <= LONGEST
                ? text
                : text.substring(0, text.offsetByCodePoints(0, QUOTED)) + " … "
                        + text.substring(text.offsetByCodePoints(text.length(), -QUOTED));
    }
}
