package dev.questline.query;

import dev.questline.event.UserError;
import dev.questline.lake.Extract;
import dev.questline.lake.ExtractOptions;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The commands that need Spark, for one caller: {@code extract} and {@code sql}. */
@Command(name = "questline")
final class Commands {
    private static final Logger LOG = LoggerFactory.getLogger(Commands.class);

    private final Sessions sessions;
    private final Caller caller;

    Commands(Sessions sessions, Caller caller) {
        this.sessions = sessions;
        this.caller = caller;
    }

    /** Runs a command line and gives its exit code; what went wrong stands on the caller's {@code err}. */
    int run(String... arguments) {
        return run(line(), arguments);
    }

    int run(CommandLine line, String... arguments) {
        try {
            return line.execute(arguments);
        } catch (Error e) {
            // Spark's own threads would keep a process alive whose main thread has died of it.
            return report(e);
        } finally {
            caller.out().flush();
            caller.err().flush();
        }
    }

    /** The command line, to which others may be added. */
    CommandLine line() {
        return new CommandLine(this)
                .addSubcommand(new ExtractCommand())
                .addSubcommand(new SqlCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOverwrittenOptionsAllowed(true) // A prompt's statements change what it was started with.
                .setOut(new PrintWriter(caller.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(caller.err(), true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler((e, arguments) -> wrongUse(String.valueOf(e.getMessage())))
                .setExecutionExceptionHandler((e, command, parsed) -> report(e));
    }

    private int wrongUse(String message) {
        caller.err().println("questline: " + Cell.lines(message));
        return UserError.WRONG_USE;
    }

    private int report(Throwable e) {
        caller.out().flush();
        if (e instanceof UserError error) {
            if (error.getCause() != null) {
                LOG.warn("{}", error.getMessage(), error);
            }
            caller.err().println("questline: " + Cell.lines(String.valueOf(error.getMessage())));
            return error.exitCode();
        }
        LOG.error("internal error", e);
        if (e instanceof OutOfMemoryError) {
            caller.err()
                    .println("questline: the memory is not enough for this: take fewer or shorter values at a time,"
                            + " or raise the setting spark.memory");
            return UserError.FAILED;
        }
        caller.err().println("questline: internal error: " + Cell.lines(e.toString()));
        return UserError.FAILED;
    }

    @Command(name = "extract", mixinStandardHelpOptions = true)
    private final class ExtractCommand implements Callable<Integer> {
        @Mixin
        private final ExtractOptions options = new ExtractOptions();

        @Option(names = "--master", paramLabel = "MASTER", description = "run on this Spark master")
        private @Nullable String master;

        @Override
        public Integer call() {
            options.check(); // Before the seconds that Spark's start takes.
            var spark = sessions.open(Optional.ofNullable(master), caller.project(options.project()));
            return Extract.run(spark, options, caller.folder(), caller.out(), caller.err());
        }
    }

    @Command(name = "sql", mixinStandardHelpOptions = true, preprocessor = StatementArgument.class)
    private final class SqlCommand implements Callable<Integer> {
        @Mixin
        private final SqlOptions options = new SqlOptions();

        @Override
        public Integer call() {
            var statements = Statement.split(options.script(caller.folder()));
            var spark = sessions.open(options.master(), caller.project(options.project()));
            new Sql(spark, options, caller).run(statements);
            return 0;
        }
    }
}
