package dev.questline.query;

import dev.questline.event.Project;
import dev.questline.event.UserError;
import dev.questline.lake.Extract;
import dev.questline.lake.ExtractOptions;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.command.ExplainCommand;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import scala.Option;

/**
 * A project's tables in a session that lives on, as a notebook's does: the names are those of {@code questline sql}, and
 * a view of the session's own goes before them.
 */
public final class Workspace {
    private final SparkSession spark;
    private final SqlOptions options;
    private final Caller caller;

    private Workspace(SparkSession spark, SqlOptions options, Caller caller) {
        this.spark = spark;
        this.options = options;
        this.caller = caller;
    }

    /**
     * Starts Spark.
     *
     * @param options which project, which log, which master
     * @param folder where relative paths start
     * @param messages takes what is worth knowing and no result
     */
    public static Workspace open(SqlOptions options, Path folder, PrintStream messages) {
        var caller = new Caller(folder, 0, messages, messages);
        var spark = Main.start(options.master(), caller.project(options.project()));
        return new Workspace((SparkSession) spark, options, caller);
    }

    public SparkSession spark() {
        return spark;
    }

    /** One query's rows; {@code events} in it is the topic up to now. Mistakes are user errors that show the place. */
    public Dataset<Row> query(String text) {
        var statements = Statement.split(text);
        if (statements.size() > 1) {
            throw UserError.wrongUse("there are " + statements.size() + " statements; one at a time is allowed here");
        }
        var statement = statements.get(0);
        Reading.check(statement);
        try {
            return rows(statement);
        } catch (UserError e) {
            throw e;
        } catch (Exception e) {
            throw new Failure(spark, statement).explain(e);
        }
    }

    /** What the tables have made of the session is undone. */
    private Dataset<Row> rows(Statement statement) throws Exception {
        var withCase = spark.conf().get(Views.CASE_SENSITIVE);
        var tables = new Tables(spark, options, caller);
        try {
            return new Meaning(spark, tables).of(statement).orElseGet(() -> done(tables));
        } finally {
            tables.forget();
            spark.conf().set(Views.CASE_SENSITIVE, withCase);
        }
    }

    /** Of a statement that changes the session: what is there now. */
    private Dataset<Row> done(Tables tables) {
        return tables.list(spark, Option.empty());
    }

    /** All rows of a table; the name as it is, or as SQL writes it. */
    public Dataset<Row> table(String name) {
        var plain = tables().stream().anyMatch(name::equalsIgnoreCase)
                || spark.sessionState().catalog().getTempView(name).isDefined();
        return query("table " + (plain ? "`" + name.replace("`", "``") + "`" : name));
    }

    /** The names that SQL knows by now. */
    public List<String> tables() {
        return new Tables(spark, options, caller).names();
    }

    /** The first column of a statement's rows, which has texts; apart from what the session does meanwhile. */
    public List<String> firstColumn(String statement) {
        var nobody = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        var apart = new Workspace(spark.cloneSession(), options, new Caller(caller.folder(), 0, nobody, nobody));
        spark.sparkContext().clearJobGroup(); // A cell's, which may have been cancelled.
        return apart.query(statement).collectAsList().stream()
                .map(row -> row.getString(0))
                .toList();
    }

    /** What an {@code explain} says, a text of many lines; nothing of other rows. */
    public static Optional<String> explanation(Dataset<?> rows) {
        return rows instanceof org.apache.spark.sql.classic.Dataset<?> known
                        && known.queryExecution().logical() instanceof ExplainCommand
                ? Optional.of(Cell.lines(rows.toDF().first().getString(0).stripTrailing()))
                : Optional.empty();
    }

    /** The log's events of one type, or of all, in the columns that {@code questline extract} gives them. */
    public Dataset<Row> extract(@Nullable String eventType) {
        var project = caller.project(options.project());
        var kafka = Project.at(project, System.getenv(), Map.of()).settings().kafka();
        var flags = new ArrayList<>(List.of("--project", project.toString()));
        flags.addAll(List.of("--bootstrap-server", options.bootstrapServer().orElseGet(kafka::bootstrapServers)));
        flags.addAll(List.of("--topic", options.topic().orElseGet(kafka::topic)));
        options.commandConfig()
                .or(kafka::clientProperties)
                .ifPresent(file -> flags.addAll(List.of("--command-config", file.toString())));
        if (eventType != null) {
            flags.addAll(List.of("--event-type", eventType));
        }
        var extract = CommandLine.populateCommand(new ExtractOptions(), flags.toArray(String[]::new));
        return Extract.table(spark, extract, caller.folder(), caller.err());
    }

    /**
     * How often the values of each column occur, by the column's position: how many are different, how many there are, and
     * the most frequent as (-frequency, text); nothing for a column of nulls. One small pass whatever the number of columns.
     */
    public static Map<Integer, Row> frequencies(Dataset<Row> table) {
        return new Summary(table).counts();
    }

    /** How far the running jobs of a group are; empty between jobs. */
    public Optional<String> progress(String jobGroup) {
        return new Progress(spark.sparkContext(), jobGroup).line();
    }

    /** What an exception says, without Spark's wrapping. */
    public static String reason(Throwable e) {
        return Failure.reason(e);
    }

    /** Rows of texts as an aligned table, their number below it. */
    public static String aligned(List<StructField> fields, List<Row> rows, int width) {
        var bytes = new ByteArrayOutputStream();
        var out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
        var caller = new Caller(Path.of("").toAbsolutePath(), width, out, out);
        new TableText(fields, caller).print(new LimitedRows(rows.iterator(), Long.MAX_VALUE, caller));
        out.flush();
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
