package dev.questline.query;

import dev.questline.event.UserError;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * One caller's session, for statements whose rows go elsewhere than to a terminal. Each statement is planned in a copy of
 * it, so that many may run at once, and none sees what another makes of the session. Thread-safe.
 */
public final class SqlSession {
    private final SparkSession own;
    private final SqlOptions options;
    private final long patienceMillis;
    private final Caller caller;

    /** A name that a statement may read. */
    public record Table(String name, boolean isView) {}

    private SqlSession(SparkSession own, SqlOptions options, long patienceMillis) {
        this.own = own;
        this.options = options;
        this.patienceMillis = patienceMillis;
        var nobody = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        this.caller = new Caller(options.project().orElseThrow().toAbsolutePath(), 0, nobody, nobody);
    }

    /**
     * A new one.
     *
     * @param options whose tables, and how long a statement may take; with the project, where relative paths start
     */
    public static SqlSession in(org.apache.spark.sql.SparkSession spark, SqlOptions options) {
        return in(spark, options, Waiting.PATIENCE_MILLIS);
    }

    static SqlSession in(org.apache.spark.sql.SparkSession spark, SqlOptions options, long patienceMillis) {
        return new SqlSession((SparkSession) spark.newSession(), options, patienceMillis);
    }

    /** Whether the statement changes the session and has no rows; throws a user error if it is none. */
    public boolean isChange(String text) {
        var statement = statement(text);
        return planned(statement, () -> Meaning.isChange(own, statement));
    }

    /** Defines or drops a view. */
    public synchronized void change(String text) {
        var statement = statement(text);
        grouped(statement, () -> {
            new Sql(own, options, caller).run(List.of(statement));
            return statement;
        });
    }

    /** The rows of a statement, planned on the tables as they are now and not yet computed. */
    public ArrowRows rows(String text) {
        var statement = statement(text);
        return planned(statement, () -> plan(statement));
    }

    private ArrowRows plan(Statement statement) throws Exception {
        var session = copy();
        var meaning = new Meaning(session, new Tables(session, options, caller));
        if (Meaning.isSummary(statement)) {
            var table = meaning.summarized(statement);
            return rows(session, statement, columns(Summary.SCHEMA), () -> new Summary(table).rows());
        }
        var rows = meaning.of(statement).orElseThrow();
        return rows(session, statement, columns(rows.schema()), () -> rows);
    }

    private ArrowColumns columns(StructType result) {
        return ArrowColumns.of(result, own.sessionState().conf().sessionLocalTimeZone());
    }

    private ArrowRows rows(
            SparkSession session, Statement statement, ArrowColumns columns, Callable<Dataset<Row>> rows) {
        return new ArrowRows(statement, new Limits(session, options.timeout()), patienceMillis, columns, rows);
    }

    private synchronized SparkSession copy() {
        return own.cloneSession();
    }

    /** The names that a statement may read, in the session as it is now. */
    public List<Table> tables() {
        var tables = new Tables(copy(), options, caller);
        return tables.names().stream()
                .map(name -> new Table(name, tables.isOfCaller(name)))
                .toList();
    }

    /** A table's columns; none if it cannot be read. */
    public Schema columns(String table) {
        try {
            return rows("table `" + table.replace("`", "``") + "`").schema();
        } catch (UserError e) {
            return new Schema(List.of());
        }
    }

    private static Statement statement(String text) {
        var statements = Statement.split(text);
        if (statements.size() > 1) {
            throw UserError.wrongUse("there are " + statements.size() + " statements; one at a time is allowed here");
        }
        Reading.check(statements.get(0));
        return statements.get(0);
    }

    private <T> T planned(Statement statement, Callable<T> work) {
        return grouped(statement, () -> new Limits(own, options.timeout()).within(statement, work));
    }

    /** In a job group that the calling thread has only meanwhile: others use it after this. */
    private <T> T grouped(Statement statement, Supplier<T> work) {
        var context = own.sparkContext();
        JobGroup.of(context, statement.script()).join();
        try {
            return work.get();
        } finally {
            context.clearJobGroup();
        }
    }
}
