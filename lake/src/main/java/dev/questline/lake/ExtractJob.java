package dev.questline.lake;

import dev.questline.event.UserError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code extract} as a job for an ordinary {@code spark-submit}, or for {@code java} with {@code --master}. */
@Command(
        name = "extract",
        mixinStandardHelpOptions = true,
        description = "Turns the events in Kafka into columns: prints them, or writes them as Parquet.",
        footer = {
            "",
            "Example:",
            "  spark-submit --packages org.apache.spark:spark-sql-kafka-0-10_2.13:4.1.1 \\",
            "    --class dev.questline.lake.ExtractJob questline-lake.jar \\",
            "    --bootstrap-server localhost:9092 --event-type purchase_sword --write purchases"
        })
public final class ExtractJob implements Callable<Integer> {
    @Mixin
    private final ExtractOptions options = new ExtractOptions();

    @Option(
            names = "--master",
            paramLabel = "MASTER",
            description = "The Spark master, as in local[*] or spark://HOST:PORT. Default: the one spark-submit chose.")
    @Nullable
    private String master;

    private ExtractJob() {}

    public static void main(String[] args) {
        var exitCode = new CommandLine(new ExtractJob())
                .setExecutionExceptionHandler(ExtractJob::tell)
                .execute(args);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    @Override
    public Integer call() throws IOException {
        options.check(); // Before the seconds that Spark's start takes.
        var settings = SparkSessions.submitted();
        if (master != null) {
            settings = SparkSessions.settings(master, Path.of(".questline").toAbsolutePath());
        } else if (!settings.contains("spark.master")) {
            throw UserError.wrongUse("no Spark master: give --master, as in --master 'local[*]', or use spark-submit");
        }
        try (var spark = SparkSessions.open(settings)) {
            return Extract.run(spark, options, Path.of("").toAbsolutePath(), System.out, System.err);
        }
    }

    private static int tell(Exception failure, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        if (failure instanceof UserError known) {
            System.err.println("extract: " + known.getMessage());
            return known.exitCode();
        }
        throw failure;
    }
}
