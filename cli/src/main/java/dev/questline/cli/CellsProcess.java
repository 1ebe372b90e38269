package dev.questline.cli;

import dev.questline.cli.stack.SparkSide;
import dev.questline.event.ClientProperties;
import dev.questline.event.Project;
import java.util.ArrayList;
import java.util.List;

/** The command line of a process that runs cells: it knows the log of the stack that runs, and else the settings'. */
final class CellsProcess {
    private CellsProcess() {}

    /**
     * @param kind {@code kernel} or {@code shell}
     * @param more what that takes
     */
    static List<String> command(Project project, String kind, List<String> more) {
        var kafka = ProjectOptions.kafka(project, null, null);
        ClientProperties.of(kafka); // What is wrong with the file is told at once.
        var args = new ArrayList<>(List.of(kind));
        args.addAll(List.of("--project", project.folder().toString()));
        args.addAll(List.of("--master", project.settings().spark().master()));
        args.addAll(List.of("--bootstrap-server", kafka.bootstrapServers()));
        args.addAll(List.of("--topic", kafka.topic()));
        kafka.clientProperties().ifPresent(file -> args.addAll(List.of("--command-config", file.toString())));
        args.addAll(more);
        return SparkSide.notebook(project, args);
    }
}
