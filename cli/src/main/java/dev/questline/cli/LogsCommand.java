package dev.questline.cli;

import dev.questline.event.DidYouMean;
import dev.questline.event.Project;
import dev.questline.event.UserError;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "logs",
        mixinStandardHelpOptions = true,
        description = "The log files of this project's stack, each line with its file's name before it.",
        footer = {"", "Example:", "  questline logs -f access"})
final class LogsCommand extends ProjectCommand {
    private static final int POLL_MILLIS = 200;
    private static final List<String> NAMES =
            List.of("access", "datanode", "namenode", "notebook", "spark", "stack", "up");

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "Only this one: up, stack, access, spark, notebook, namenode or datanode.")
    private @Nullable String name;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on as they grow, until Ctrl-C.")
    private boolean follow;

    private final Map<Path, LogTail> tails = new HashMap<>();

    @Override
    Project project(ProjectOptions options, Caller caller) {
        return options.unread(caller);
    }

    @Override
    int run(Project project, Caller caller) throws IOException, InterruptedException {
        if (name != null && !NAMES.contains(name)) {
            throw UserError.wrongUse("there is no log '" + name + "'" + DidYouMean.hint(name, NAMES));
        }
        var folder = project.data().resolve("logs");
        if (!follow && files(folder).isEmpty()) {
            throw UserError.failed("there are no logs " + (name == null ? "" : "of '" + name + "' ") + "in " + folder);
        }
        do {
            for (var file : files(folder)) {
                show(file, caller.out());
            }
            caller.out().flush();
            if (follow) {
                Thread.sleep(POLL_MILLIS);
            }
        } while (follow && !caller.out().checkError());
        return 0;
    }

    private List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(this::isShown)
                    .sorted(Comparator.comparing(LogsCommand::nameOf).thenComparing(Comparator.reverseOrder()))
                    .toList();
        }
    }

    private void show(Path file, PrintStream out) throws IOException {
        var tail = tails.computeIfAbsent(file, LogTail::new);
        var prefix = name == null ? nameOf(file) + " | " : "";
        tail.newLines(line -> out.println(prefix + line));
        if (!follow) {
            tail.unfinishedLine().ifPresent(line -> out.println(prefix + line));
        }
    }

    private static String nameOf(Path file) {
        return file.getFileName().toString().replaceFirst("\\.log(\\.1)?$", "");
    }

    /** Of what has been rolled away first, then of what goes on; a follower has read the former as the latter. */
    private boolean isShown(Path file) {
        return !(follow && file.toString().endsWith(".1"))
                && (name == null || nameOf(file).equals(name));
    }
}
