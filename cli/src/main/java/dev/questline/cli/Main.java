package dev.questline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.questline.cli.stack.ShutdownHook;
import dev.questline.event.UserError;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command's entry: the only place that exits. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.setProperty(QuietLogs.WANTED, "true");
        ShutdownHook.add(new Thread(Interruption::begin, "interruption"));
        int exitCode = run(Caller.process(), args);
        System.exit(exitCode == 0 && StandardOutput.hasFailed() ? UserError.FAILED : exitCode);
    }

    /** Runs one command and returns its exit code: 0 done, 1 failed, 2 wrong use. */
    static int run(Caller caller, String... args) {
        var commandLine = new CommandLine(new Questline(caller))
                .setOut(new PrintWriter(caller.out(), true, UTF_8))
                .setErr(new PrintWriter(caller.err(), true, UTF_8))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExpandAtFiles(false)
                .setParameterExceptionHandler(Main::wrongUse)
                .setExecutionExceptionHandler((error, command, parsed) -> failed(error, caller));
        try {
            return commandLine.execute(args);
        } finally {
            caller.out().flush();
            caller.err().flush();
        }
    }

    private static int wrongUse(ParameterException error, String[] args) {
        var command = error.getCommandLine();
        var err = command.getErr();
        err.println("questline: " + error.getMessage());
        UnmatchedArgumentException.printSuggestions(error, err);
        err.println("See: " + command.getCommandSpec().qualifiedName() + " --help");
        return UserError.WRONG_USE;
    }

    private static int failed(Exception error, Caller caller) {
        if (Interruption.isBehind(error)) {
            return Interruption.EXIT_CODE;
        }
        if (error instanceof UserError mendable) {
            caller.err().println("questline: " + mendable.getMessage());
            return mendable.exitCode();
        }
        caller.err().println("questline: this is a bug in Questline, please report it:");
        error.printStackTrace(caller.err());
        return UserError.FAILED;
    }
}
