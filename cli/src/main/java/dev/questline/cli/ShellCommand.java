package dev.questline.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "shell",
        mixinStandardHelpOptions = true,
        description = {
            "A notebook's cells without Jupyter: Java line by line, with Spark ready, from a terminal, a pipe or a file.",
            "There are spark, sql(\"…\"), table(\"…\"), extract(\"…\"), describe(ds), show(ds, N) and",
            "dependency(\"group:artifact:version\"). A script ends at the first piece that fails."
        },
        footer = {"", "Example:", "  questline shell", "  echo 'describe(table(\"events\"))' | questline shell"})
final class ShellCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Questline questline;

    @Option(
            names = {"-C", "--project"},
            paramLabel = "FOLDER",
            description = "The project's folder (default: the nearest with a questline.yaml, or the current one).")
    private @Nullable Path project;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "Run what is in this file, and end.")
    private @Nullable Path file;

    @Override
    public Integer call() throws Exception {
        var caller = questline.caller();
        var found = ProjectOptions.ofStack(caller, Optional.ofNullable(project));
        var more = Optional.ofNullable(file)
                .map(script -> List.of("--script", script.toString()))
                .orElseGet(List::of);
        var command = CellsProcess.command(found, "shell", more);
        return file == null && TerminalProcess.hasTerminal()
                ? TerminalProcess.run(command, caller.folder(), Map.of())
                : ChildProcess.run(command, caller);
    }
}
