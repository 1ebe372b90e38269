package dev.questline.cli;

import dev.questline.cli.stack.Stack;
import dev.questline.cli.stack.StackClient;
import dev.questline.collect.AccessLog;
import dev.questline.collect.Collector;
import dev.questline.event.Project;
import dev.questline.event.UserError;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Starts this project's broker, collector and Spark side.",
        footer = {
            "",
            "Without -d it stays in the foreground, with the access log on stdout, until Ctrl-C.",
            "What it prints of Spark has the JDBC address at which other tools find SQL (setting sql.port).",
            "",
            "Example:",
            "  questline up -d",
            "  curl localhost:5000/purchase_a_sword"
        })
final class UpCommand extends ProjectCommand {
    @Option(
            names = {"-d", "--detach"},
            description = "Run in the background; return once all is ready.")
    private boolean detach;

    @Option(
            names = "--wait-timeout",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "How long -d waits until all is ready; the stack goes on starting after that. Default: 120.")
    private int waitTimeout;

    @Option(names = "--in-background", hidden = true, description = "This is the background process itself.")
    private boolean inBackground;

    @Option(names = "--hdfs", description = "With an HDFS of one NameNode and one DataNode (setting hdfs.enabled).")
    void withHdfs(boolean hdfs) {
        projectOptions().set("hdfs.enabled", String.valueOf(hdfs));
    }

    @Override
    int run(Project project, Caller caller) throws InterruptedException {
        return detach ? startInBackground(project, caller) : runHere(project, caller);
    }

    private int startInBackground(Project project, Caller caller) throws InterruptedException {
        if (waitTimeout < 1) {
            throw UserError.wrongUse("--wait-timeout " + waitTimeout + ": at least 1 second");
        }
        var state = new StackClient(project, caller.err())
                .start(projectOptions().flags(project), caller.environment(), Duration.ofSeconds(waitTimeout));
        StatusTable.print(state, caller.out());
        Collector.caution(project.settings().collector()).ifPresent(caller.err()::println);
        return 0;
    }

    private int runHere(Project project, Caller caller) throws InterruptedException {
        Logs.to(Stack.openLog(project, "stack"), project.settings().logs());
        var stack = new Stack(project, caller.err());
        if (inBackground) {
            stack.run(AccessLog.of(project.settings().collector(), Stack.openLog(project, "access")), state -> {});
        } else {
            stack.run(
                    AccessLog.of(project.settings().collector(), caller.out()),
                    state -> StatusTable.print(state, caller.err()));
        }
        return 0;
    }
}
