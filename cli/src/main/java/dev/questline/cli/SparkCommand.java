package dev.questline.cli;

import dev.questline.cli.stack.Component;
import dev.questline.cli.stack.SparkSide;
import dev.questline.cli.stack.Stack;
import dev.questline.cli.stack.StackState;
import dev.questline.event.ClientProperties;
import dev.questline.event.Project;
import dev.questline.event.SettingKey;
import dev.questline.event.UserError;
import dev.questline.query.QueryClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/** A command whose work Spark does: in the stack's warm session, or without a stack in a process of its own. */
final class SparkCommand {
    private static final Duration START_LIMIT = Duration.ofMinutes(1);

    private final Project project;
    private final Caller caller;

    SparkCommand(Project project, Caller caller) {
        this.project = project;
        this.caller = caller;
    }

    /**
     * Runs a command line, with the flags added that the user left out.
     *
     * @param given the command's options as they were parsed
     */
    int run(List<String> commandLine, ParseResult given) throws Exception {
        var line = filled(commandLine, given);
        // A master of the user's own is not the warm session's.
        var stack = given.hasMatchedOption("--master") ? Optional.<StackState>empty() : warmSession();
        if (stack.isPresent()) {
            return ask(stack.get(), line);
        }
        addUnless(given, "--master", project.settings().spark().master(), line);
        return runHere(line);
    }

    /** The command line with the flags added that the user left out. */
    List<String> filled(List<String> commandLine, ParseResult given) {
        if (given.hasMatchedOption("--master")) {
            SettingKey.SPARK_MASTER.check(given.matchedOptionValue("--master", ""), "--master");
        }
        var line = new ArrayList<>(commandLine);
        var kafka = ProjectOptions.kafka(project, null, null);
        addUnless(given, "--bootstrap-server", kafka.bootstrapServers(), line);
        addUnless(given, "--topic", kafka.topic(), line);
        if (!given.hasMatchedOption("--command-config")) {
            ClientProperties.of(kafka); // What is wrong with the file is told before Spark starts.
            kafka.clientProperties().ifPresent(file -> line.addAll(1, List.of("--command-config", file.toString())));
        }
        addUnless(given, "--project", project.folder().toString(), line);
        return line;
    }

    /** Right behind the command's name: what comes later may stand behind a {@code --}. */
    private static void addUnless(ParseResult given, String flag, String value, List<String> line) {
        if (!given.hasMatchedOption(flag)) {
            line.addAll(1, List.of(flag, value));
        }
    }

    private int ask(StackState stack, List<String> line) {
        var endpoint = Objects.requireNonNull(stack.query(), "a ready Spark side has said where it is");
        var client = new QueryClient(endpoint, Stack.logFile(project, "spark"));
        return client.run(line, caller.folder(), caller.width(), caller.isInteractive(), caller.out(), caller.err());
    }

    private int runHere(List<String> line) throws Exception {
        caller.err().println("starting Spark (`questline up -d` keeps it warm) …");
        return ChildProcess.run(SparkSide.command(project, line.toArray(String[]::new)), caller);
    }

    /** The running stack once its Spark side answers; nothing if there is none to wait for. */
    Optional<StackState> warmSession() throws InterruptedException {
        var begun = Instant.now();
        boolean told = false;
        while (true) {
            var state = StackState.read(project).filter(StackState::isRunning);
            var spark = state.flatMap(found -> found.component("spark"));
            if (spark.isEmpty() || spark.get().status() == Component.Status.FAILED) {
                return Optional.empty();
            }
            if (spark.get().status() == Component.Status.READY) {
                return state;
            }
            if (Duration.between(begun, Instant.now()).compareTo(START_LIMIT) > 0) {
                throw UserError.failed("the stack's Spark side is not ready; `questline status` shows how it is");
            }
            if (!told) {
                caller.err().println("waiting for the stack's Spark side …");
                told = true;
            }
            Thread.sleep(100);
        }
    }
}
