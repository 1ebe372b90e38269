package dev.questline.cli;

import dev.questline.cli.load.JsonSummary;
import dev.questline.cli.load.LoadResult;
import dev.questline.cli.load.LoadRun;
import dev.questline.cli.load.LogCheck;
import dev.questline.cli.load.LogWindow;
import dev.questline.cli.load.Summary;
import dev.questline.event.Project;
import dev.questline.event.UserError;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code questline load}: ab, and then a look into the log. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        description = {
            "Sends requests as ab does, prints ab's summary, and reads the log back.",
            "It tells how many were sent, acknowledged, found in the log, lost, duplicated."
        },
        footer = {
            "",
            "Exit code: 0 if every request was answered with 2xx, all answers have one length, and all events stand",
            "in the log once, else 1; with --no-read-back the answers alone decide. Ctrl-C ends a run with what there",
            "is so far.",
            "",
            "Examples:",
            "  questline load -n 1000 -c 10 -k -H 'Host: user1.comcast.com' http://localhost:5000/purchase_a_sword",
            "  questline load -t 30 --rate 1000 -c 64 -k http://localhost:5000/purchase_a_sword"
        })
final class LoadCommand extends ProjectCommand {
    enum Output {
        TEXT,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Mixin
    private LoadOptions options = new LoadOptions();

    @Option(names = "--bootstrap-server", paramLabel = "HOST:PORT", description = "the Kafka to read back from")
    private @Nullable String bootstrapServer;

    @Option(names = "--topic", paramLabel = "TOPIC", description = "the topic the events are in")
    private @Nullable String topic;

    @Option(names = "--no-read-back", description = "send no ids and leave the log alone")
    private boolean noReadBack;

    @Option(names = "--output", paramLabel = "text|json", description = "ab's summary, or one JSON object")
    private Output output = Output.TEXT;

    @Override
    Project project(ProjectOptions options, Caller caller) {
        return options.ofStack(caller);
    }

    @Override
    int run(Project project, Caller caller) {
        var name = noReadBack ? "" : LoadOptions.newRun();
        var plan = options.plan(Optional.of(name).filter(given -> !given.isEmpty()), caller.folder());
        var load = new LoadRun(plan, caller.err(), options.isQuiet()); // Wrong flags are told before the log is asked.
        var log = noReadBack ? LogWindow.none("--no-read-back") : openLog(project);
        try (var lastWord = new LastWord(() -> load.breakOff("interrupted"))) {
            var result = load.run();
            result.stopped().ifPresent(reason -> caller.err().println("the run was broken off: " + reason));
            var check = output == Output.JSON
                    ? printJson(result, log, name, caller.out())
                    : printText(result, log, name, caller.out());
            caller.out().flush(); // The last word is out before the process may end.
            if (check.isEmpty() && !noReadBack) {
                caller.err().println("the log was not read back, --no-read-back does without: " + log.problem());
            }
            return result.isClean() && check.map(LogCheck::isClean).orElse(noReadBack) ? 0 : UserError.FAILED;
        }
    }

    private LogWindow openLog(Project project) {
        return LogWindow.open(ProjectOptions.kafka(project, bootstrapServer, topic));
    }

    private static Optional<LogCheck> printJson(LoadResult result, LogWindow log, String name, PrintStream out) {
        var check = log.check(result, name);
        out.println(JsonSummary.of(result, check, log.problem()));
        return check;
    }

    private static Optional<LogCheck> printText(LoadResult result, LogWindow log, String name, PrintStream out) {
        out.println(Summary.of(result));
        out.flush(); // Before the log is read, which takes a while after a long run.
        var check = log.check(result, name);
        out.print(check.map(LogCheck::lines).orElseGet(() -> "Log: not read back (" + log.problem() + ")\n"));
        return check;
    }
}
