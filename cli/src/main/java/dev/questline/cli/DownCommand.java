package dev.questline.cli;

import dev.questline.cli.stack.StackClient;
import dev.questline.event.Project;
import dev.questline.event.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        description = "Stops this project's stack; what was logged stays.",
        footer = {"", "Example:", "  questline down", "  questline down -v   # and delete the project's .questline/"})
final class DownCommand extends ProjectCommand {
    private static final int DELETE_TRIES = 10;
    private static final int DELETE_PAUSE_MILLIS = 200;

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
        boolean stopped = new StackClient(project, caller.err()).stop();
        caller.err().println(stopped ? "stopped" : "nothing was running in " + project.folder());
        if (volumes && Files.exists(project.data())) {
            deleteTree(project.data());
            caller.err().println("deleted " + project.data());
        }
        return 0;
    }

    /** Deletes a folder and all in it, also when something writes there in its last moments. */
    static void deleteTree(Path folder) throws InterruptedException {
        for (int tries = 1; ; tries++) {
            try (var paths = Files.walk(folder)) {
                for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
                return;
            } catch (IOException | UncheckedIOException e) {
                if (tries == DELETE_TRIES) {
                    throw UserError.failed("cannot delete " + folder + ": " + e, e);
                }
                Thread.sleep(DELETE_PAUSE_MILLIS);
            }
        }
    }
}
