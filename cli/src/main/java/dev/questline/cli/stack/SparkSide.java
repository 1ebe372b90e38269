package dev.questline.cli.stack;

import dev.questline.event.Project;
import dev.questline.event.SettingKey;
import dev.questline.event.Settings;
import dev.questline.event.UserError;
import dev.questline.query.Endpoint;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Spark's process: the warm session that answers {@code extract} and {@code sql}. */
public final class SparkSide {
    private static final String MAIN = "dev.questline.query.Main";
    private static final String NOTEBOOK = "dev.questline.query.notebook.Main";

    /**
     * The optimising compiler waits for code ten times as hot as it would by itself. Spark's start runs much code a little:
     * compiling that costs half of the processor's time until it is ready, and is worth it only in long jobs.
     */
    private static final List<String> STARTS_SOON = List.of(
            "-XX:Tier4InvocationThreshold=50000",
            "-XX:Tier4MinInvocationThreshold=6000",
            "-XX:Tier4CompileThreshold=150000",
            "-XX:Tier4BackEdgeThreshold=400000",
            // Room for the classes of a start; growing to it, the JVM would collect the whole heap four times.
            "-XX:MetaspaceSize=160m");

    private SparkSide() {}

    static SupervisedProcess start(Project project, Board board, PrintStream messages) {
        var log = Stack.logFile(project, "spark");
        var sql = project.settings().sql();
        var command = command(project, MAIN, "spark", flags(), serve(project));
        return new SupervisedProcess("spark", command, log, process -> awaitReady(process, board, sql), board, messages)
                .start();
    }

    private static List<String> flags() {
        var flags = new ArrayList<>(ClassArchives.spark().record());
        flags.add("--add-opens=java.base/java.nio=ALL-UNNAMED"); // For Arrow, whose memory is outside the heap.
        return flags;
    }

    /** What it is to answer with: SQL for other tools has no command line of the user's to say so. */
    private static List<String> serve(Project project) {
        var settings = project.settings();
        var command =
                new ArrayList<>(List.of("serve", "--project", project.folder().toString()));
        command.addAll(List.of("--master", settings.spark().master()));
        command.addAll(List.of("--bootstrap-server", settings.kafka().bootstrapServers()));
        command.addAll(List.of("--topic", settings.kafka().topic()));
        settings.kafka()
                .clientProperties()
                .ifPresent(file -> command.addAll(List.of("--command-config", file.toString())));
        command.addAll(List.of("--timeout", settings.byKey().getOrDefault(SettingKey.SQL_TIMEOUT.key(), "0")));
        settings.sql().port().ifPresent(port -> command.addAll(List.of("--sql-port", port.toString())));
        return command;
    }

    private static String awaitReady(Process process, Board board, Settings.Sql sql) throws IOException {
        var line = process.inputReader().readLine();
        if (line == null) {
            throw new EOFException("the Spark side ended before it was ready");
        }
        var endpoint = Endpoint.parse(line);
        board.queryAt(endpoint);
        return "http://127.0.0.1:" + endpoint.port()
                + sql.url().map(url -> ", SQL for other tools at " + url).orElse("");
    }

    /** The command line of a Spark process of this project. */
    public static List<String> command(Project project, String... args) {
        return command(project, List.of(), args);
    }

    /** The command line of a process that runs cells, with a Spark of its own. */
    public static List<String> notebook(Project project, List<String> args) {
        return command(project, NOTEBOOK, "notebook", List.of(), args);
    }

    private static List<String> command(Project project, List<String> moreFlags, String... args) {
        return command(project, MAIN, "spark", moreFlags, List.of(args));
    }

    private static List<String> command(
            Project project, String main, String log, List<String> moreFlags, List<String> args) {
        var flags = new ArrayList<>(STARTS_SOON);
        flags.addAll(ClassArchives.spark().use());
        flags.addAll(moreFlags);
        flags.add("-Xmx" + project.settings().spark().memory());
        flags.add("-XX:+UseSerialGC");
        flags.add("-Dquestline.log=" + Stack.logFile(project, log));
        // What a killed Spark leaves behind is then under the project's roof.
        flags.add("-Djava.io.tmpdir=" + temporaryFolder(project));
        var command = new ArrayList<>(List.of(main));
        command.addAll(args);
        return Installation.current().spark(flags, command.toArray(String[]::new));
    }

    private static Path temporaryFolder(Project project) {
        var folder = project.data().resolve("tmp");
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw UserError.failed("cannot write in " + project.data() + ": " + e, e);
        }
    }
}
