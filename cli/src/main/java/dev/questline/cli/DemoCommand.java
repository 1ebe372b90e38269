package dev.questline.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "The whole workflow on real engines, step by step, in a fresh temporary project.",
            "HTTP calls, Kafka, Spark, Parquet on disk and on HDFS, SQL. Leaves nothing behind."
        },
        footer = {"", "Example:", "  questline demo --keep"})
final class DemoCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Questline questline;

    @Option(names = "--keep", description = "Keep the project's folder, and say where it is.")
    private boolean keep;

    @Override
    public Integer call() throws Exception {
        return new Demo(questline.caller(), keep).run();
    }
}
