package dev.questline.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Unmatched;

@Command(
        name = "notebook",
        description = {
            "Starts Jupyter in the project's folder, with a Java kernel in which Spark is ready.",
            "In its first cell there are spark, sql(\"…\"), table(\"…\"), extract(\"…\"), describe(ds), bar(ds), line(ds),",
            "histogram(ds, \"…\"), dependency(\"group:artifact:version\"); a cell that starts with %%%%sql is SQL.",
            "All other options are Jupyter's own, such as --no-browser, --port and --ip, or a notebook's file."
        },
        footer = {
            "",
            "Example:",
            "  questline notebook",
            "  questline notebook --no-browser --port 8889",
            "  questline notebook --register && JUPYTER_PATH=.questline/jupyter jupyter nbconvert --execute …"
        })
final class NotebookCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Questline questline;

    @Option(
            names = {"-C", "--project"},
            paramLabel = "FOLDER",
            description = "The project's folder (default: the nearest with a questline.yaml, or the current one).")
    private @Nullable Path project;

    @Option(
            names = "--register",
            description =
                    "Only write the kernel's description, and print the folder for JUPYTER_PATH: for nbconvert and"
                            + " for editors.")
    private boolean register;

    @Option(names = "--help", usageHelp = true, description = "This text.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    @Unmatched
    private List<String> ofJupyter = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        var caller = questline.caller();
        var found = ProjectOptions.ofStack(caller, Optional.ofNullable(project));
        var root = KernelSpec.register(found);
        if (register) {
            caller.out().println(root);
            return 0;
        }
        var command = new ArrayList<>(Jupyter.find(caller.environment()));
        command.addAll(ofJupyter);
        var environment = Map.of("JUPYTER_PATH", KernelSpec.path(root, caller.environment()));
        return TerminalProcess.run(command, found.folder(), environment);
    }
}
