package dev.questline.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/** Writes the rows of an extraction into a table's staging folder. */
final class TableWriter {
    /** Hidden from Spark's readers and others' by its underscore. */
    static final String SET_ASIDE_FOLDER = "_set_aside";

    /** A file of so many rows is one a reader likes, and worth a task. */
    private static final long ROWS_WORTH_A_FILE = 50_000;

    private static final long ROWS_OF_A_FILE = 5_000_000;

    private final SparkSession spark;
    private final FileSystem files;
    private final Path staging;

    TableWriter(SparkSession spark, FileSystem files, Path staging) {
        // Of its own, because columns may differ in case alone.
        this.spark = spark.newSession();
        this.spark.conf().set("spark.sql.caseSensitive", true);
        this.files = files;
        this.staging = staging;
    }

    /** Writes the rows, and beside them the records that gave none. */
    Extraction.Outcome<Integer> write(Extraction extraction) {
        var source = extraction.source();
        var outcome = extraction.run(rows -> write(source, rows));
        var spans = outcome.census().setAsideSpans();
        if (!spans.isEmpty()) {
            SetAsideRecords.of(source.within(spans))
                    .write()
                    .mode(SaveMode.ErrorIfExists)
                    .parquet(new Path(staging, SET_ASIDE_FOLDER).toString());
        }
        return outcome;
    }

    private int write(RecordSource source, EventRows rows) {
        var records = source.records().coalesce(fileCount(source.size()));
        rows.asTable(spark, records).write().mode(SaveMode.Overwrite).parquet(staging.toString());
        return countFiles();
    }

    private int fileCount(long records) {
        var worth = Math.min(spark.sparkContext().defaultParallelism(), records / ROWS_WORTH_A_FILE);
        return (int) Math.max(1, Math.max(worth, records / ROWS_OF_A_FILE));
    }

    private int countFiles() {
        try {
            return files.listStatus(staging, file -> file.getName().startsWith("part-")).length;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
