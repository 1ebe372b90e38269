package dev.questline.cli;

import dev.questline.lake.ExtractOptions;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "extract",
        mixinStandardHelpOptions = true,
        description = "Reads the log with Spark: JSON becomes columns, printed or written as Parquet.",
        footer = {
            "",
            "Records that are no JSON objects are counted, reported and set aside; they never fail it.",
            "",
            "Example:",
            "  questline extract --event-type purchase_sword",
            "  questline extract --event-type purchase_sword --write hdfs://localhost:8020/purchases"
        })
final class ExtractCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Questline questline;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--master",
            paramLabel = "MASTER",
            description =
                    "The Spark master, as in local[2] or spark://HOST:PORT; without it the stack's Spark does the work, "
                            + "or if none runs, one as setting spark.master says.")
    @SuppressWarnings("UnusedVariable")
    private @Nullable String master; // Read by the Spark process, which gets the same command line.

    @Mixin
    private final ExtractOptions options = new ExtractOptions();

    @Override
    public Integer call() throws Exception {
        options.check();
        var caller = questline.caller();
        var project = ProjectOptions.ofStack(caller, options.project());
        return new SparkCommand(project, caller)
                .run(questline.commandLine(), spec.commandLine().getParseResult());
    }
}
