package dev.questline.query;

import dev.questline.event.UserError;
import dev.questline.lake.SparkSessions;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.SparkSession;

/** The Spark process: {@code serve} answers many requests, {@code extract} and {@code sql} are one each. */
public final class Main {
    private static final int MILLIS_TO_STOP = 2_500;

    private Main() {}

    public static void main(String[] args) {
        // Failed, if the process is told to end before it is done.
        var exitCode = new AtomicInteger(UserError.FAILED);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> boundExit(exitCode)));
        exitCode.set(run(stream(FileDescriptor.out), stream(FileDescriptor.err), args));
        System.exit(exitCode.get());
    }

    /** Runs a command line and gives its exit code. */
    static int run(PrintStream out, PrintStream err, String... args) {
        var caller = new Caller(Path.of("").toAbsolutePath(), width(), out, err);
        var commands = new Commands(Main::start, caller);
        return commands.run(commands.line().addSubcommand(new Serve(System.in, out)), args);
    }

    /** On the master asked for, else the one {@code spark-submit} chose, else this machine's cores. */
    static SparkSession start(Optional<String> master, Path project) {
        return start(master.orElse(System.getProperty("spark.master", "local[*]")), project);
    }

    /** The process's session. */
    static SparkSession start(String master, Path project) {
        var settings = SparkSessions.settings(master, project.resolve(".questline"));
        // No request brings jars of its own; isolated, each would compile the same code again, at twice the time.
        settings.setIfMissing("spark.sql.artifact.isolation.enabled", "false");
        return SparkSessions.open(settings);
    }

    private static int width() {
        var columns = System.getenv().getOrDefault("COLUMNS", "");
        return columns.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(columns) : 0;
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }

    /** Spark stops in a shutdown hook of its own; this one ends the process if that takes too long. */
    private static void boundExit(AtomicInteger exitCode) {
        var guard = new Thread(() -> {
            try {
                Thread.sleep(MILLIS_TO_STOP);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(exitCode.get());
        });
        guard.setDaemon(true);
        guard.start();
    }
}
