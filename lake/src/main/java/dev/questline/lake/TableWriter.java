package dev.questline.lake;

import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/** Writes the rows of an extraction into a table's staging folder. */
final class TableWriter {
    /** Hidden from Spark's readers and others' by its underscore. */
    static final String SET_ASIDE_FOLDER = "_set_aside";

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
        var staged = new StagedRows(spark, files, staging, source);
        var outcome = extraction.run(staged);
        staged.refuseUnlessAllHere(outcome.census().rows());
        var spans = outcome.census().setAsideSpans();
        if (!spans.isEmpty()) {
            SetAsideRecords.of(source.within(spans))
                    .write()
                    .mode(SaveMode.ErrorIfExists)
                    .parquet(new Path(staging, SET_ASIDE_FOLDER).toString());
        }
        return outcome;
    }
}
