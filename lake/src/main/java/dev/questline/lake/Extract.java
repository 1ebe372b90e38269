package dev.questline.lake;

import java.io.PrintStream;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** The job {@code extract}: the log as it is now, as columns, printed or written as Parquet. */
public final class Extract {
    private Extract() {}

    /**
     * Runs the job under the caller's job group, which cancels it.
     *
     * @param callersFolder what relative paths are relative to
     * @return the exit code
     * @throws dev.questline.event.UserError for what people can mend
     */
    public static int run(
            SparkSession spark, ExtractOptions options, Path callersFolder, PrintStream out, PrintStream err) {
        err.println("extract: not yet");
        return 1;
    }
}
