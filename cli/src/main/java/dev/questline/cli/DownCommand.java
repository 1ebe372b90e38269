package dev.questline.cli;

import dev.questline.cli.stack.StackClient;
import dev.questline.event.Project;
import java.nio.file.Files;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        description = "Stops this project's stack; what was logged stays.",
        footer = {"", "Example:", "  questline down", "  questline down -v   # and delete the project's .questline/"})
final class DownCommand extends ProjectCommand {
    @Option(
            names = {"-v", "--volumes"},
            description = "Delete the project's data too: its log, its logs, everything in .questline/.")
    private boolean volumes;

    @Override
    Project project(ProjectOptions options, Caller caller) {
        return options.unread(caller);
    }

    @Override
    int run(Project project, Caller caller) throws InterruptedException {
        var stack = new StackClient(project, caller.err());
        boolean stopped = stack.stop();
        caller.err().println(stopped ? "stopped" : "nothing was running in " + project.folder());
        if (volumes && Files.exists(project.data())) {
            stack.deleteData();
            caller.err().println("deleted " + project.data());
        }
        return 0;
    }
}
