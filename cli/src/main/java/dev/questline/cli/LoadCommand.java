package dev.questline.cli;

import dev.questline.cli.load.JsonSummary;
import dev.questline.cli.load.LoadResult;
import dev.questline.cli.load.LoadRun;
import dev.questline.cli.load.LogCheck;
import dev.questline.cli.load.LogWindow;
import dev.questline.cli.load.Summary;
import dev.questline.event.Project;
import dev.questline.event.UserError;
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
            "Sends requests as ab does, prints ab's summary, and reads the log back:",
            "sent, acknowledged, found in the log, lost, duplicated."
        },
        footer = {
            "",
            "Exit code: 0 if every request was answered with 2xx and all of them stand in the log once, else 1;",
            "with --no-read-back the answers alone decide.",
            "",
            "Example:",
            "  questline load -n 1000 -c 10 -k -H 'Host: user1.comcast.com' http://localhost:5000/purchase_a_sword"
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
        if (noReadBack) {
            return print(send(Optional.empty(), caller), Optional.empty(), "--no-read-back", caller);
        }
        var run = LoadOptions.newRun();
        options.plan(Optional.of(run), caller.folder()); // Wrong flags are told before the log is asked.
        try (var log = openLog(project)) {
            var result = send(Optional.of(run), caller);
            return print(result, log.check(result, run), log.problem(), caller);
        }
    }

    private LogWindow openLog(Project project) {
        return LogWindow.open(
                bootstrapServer == null ? ProjectOptions.bootstrapServers(project) : bootstrapServer,
                topic == null ? ProjectOptions.topic(project) : topic);
    }

    private LoadResult send(Optional<String> run, Caller caller) {
        return LoadRun.run(options.plan(run, caller.folder()), caller.err(), options.isQuiet());
    }

    private int print(LoadResult result, Optional<LogCheck> check, String notChecked, Caller caller) {
        var out = caller.out();
        var err = caller.err();
        if (check.isEmpty() && !noReadBack) {
            err.println("the log was not read back, --no-read-back does without: " + notChecked);
        }
        result.stopped().ifPresent(reason -> err.println("the run was broken off: " + reason));
        if (output == Output.JSON) {
            out.println(JsonSummary.of(result, check, notChecked));
        } else {
            out.print(Summary.of(result));
            out.println();
            out.print(check.map(LogCheck::lines).orElse("Log: not read back (" + notChecked + ")\n"));
        }
        return result.isClean() && check.map(LogCheck::isClean).orElse(noReadBack) ? 0 : UserError.FAILED;
    }
}
