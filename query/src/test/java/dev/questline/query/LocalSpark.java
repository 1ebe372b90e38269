package dev.questline.query;

import dev.questline.lake.TableRegistry;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A real Spark for tests, started once, and commands run in it as the service runs them. */
final class LocalSpark {
    static final SparkSession SPARK = Main.start("local[4]", Path.of("target").toAbsolutePath());

    private LocalSpark() {}

    record Outcome(int exitCode, String out, String err) {}

    /** Runs {@code sql ARGUMENTS…} in {@code folder}, which is the project too. */
    static Outcome sql(Path folder, String... arguments) {
        var all = new ArrayList<>(List.of("sql", "--project", folder.toString()));
        all.addAll(List.of(arguments));
        return run(folder, all);
    }

    /** The same for a result that is no text. */
    static byte[] bytes(Path folder, String... arguments) {
        var all = new ArrayList<>(List.of("sql", "--project", folder.toString()));
        all.addAll(List.of(arguments));
        var out = new ByteArrayOutputStream();
        var caller = new Caller(folder, 0, stream(out), System.err);
        new Commands((master, project) -> SPARK.newSession(), caller).run(all.toArray(String[]::new));
        return out.toByteArray();
    }

    private static Outcome run(Path folder, List<String> arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var caller = new Caller(folder, 0, stream(out), stream(err));
        var exitCode =
                new Commands((master, project) -> SPARK.newSession(), caller).run(arguments.toArray(String[]::new));
        return new Outcome(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, false, StandardCharsets.UTF_8);
    }

    /** Writes a query's rows to a Parquet folder and makes it a table of the project, as {@code extract} does. */
    static Path write(Path project, String table, String query) {
        var folder = project.resolve("lake").resolve(table);
        write(folder, SPARK.sql(query));
        TableRegistry.put(project.resolve(".questline"), table, folder.toUri().toString());
        return folder;
    }

    /** A table of purchases by two users, of one of which the agent is unknown. */
    static void writePurchases(Path project) {
        write(
                project,
                "purchases",
                "select * from values ('user1.comcast.com', 'ApacheBench/2.3', 1L), ('user2.att.com', null, 2L),"
                        + " ('user1.comcast.com', 'curl', 3L) as t(Host, `User-Agent`, n)");
    }

    static void write(Path folder, Dataset<Row> rows) {
        rows.write().mode("overwrite").parquet(folder.toString());
    }
}
