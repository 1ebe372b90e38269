package dev.questline.lake;

import dev.questline.event.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.crypto.EncryptionPropertiesFactory;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/** The files of rows in a table's staging folder, all with the same columns. A pass gives their number. */
record StagedRows(SparkSession spark, FileSystem files, Path staging, RecordSource source)
        implements Extraction.Pass<Integer> {
    /** A file of so many rows is one a reader likes, and worth a task. */
    private static final long ROWS_WORTH_A_FILE = 50_000;

    private static final long ROWS_OF_A_FILE = 5_000_000;

    @Override
    public Integer read(EventRows rows) {
        var records = source.records().coalesce(fileCount(source.size()));
        rows.asTable(spark, records).write().mode(SaveMode.Overwrite).parquet(staging.toString());
        return list().size();
    }

    /** Writes a file beside the others, and brings those to its columns. */
    @Override
    public Optional<Integer> complete(EventRows rows, Misfits misfits) {
        var conf = spark.sparkContext().hadoopConfiguration();
        if (conf.get(EncryptionPropertiesFactory.CRYPTO_FACTORY_CLASS_PROPERTY_NAME) != null) {
            return Optional.empty(); // Encrypted columns are bound to their file.
        }
        var narrow = list();
        rows.asTable(spark, misfits).write().mode(SaveMode.Append).parquet(staging.toString());
        var all = list();
        var added = new ArrayList<>(all);
        added.removeAll(narrow);
        widen(narrow, added.get(0), conf);
        return Optional.of(all.size());
    }

    private void widen(List<Path> narrow, Path model, Configuration conf) {
        // Spark's own name for files in the making, which is no obstacle should a stray task leave one.
        var making = new Path(staging, "_temporary");
        var wider = JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(narrow, narrow.size())
                .map(new WiderCopy(conf, model, making))
                .collect();
        try {
            for (var i = 0; i < narrow.size(); i++) {
                replace(narrow.get(i), wider.get(i));
            }
            files.delete(making, true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void replace(Path narrow, Path wider) throws IOException {
        if (!files.delete(narrow, false) || !files.rename(wider, narrow)) {
            throw new IOException("cannot replace " + narrow + " by " + wider);
        }
    }

    /**
     * Executors on other machines write a path of the local disk to theirs, of which this process sees nothing; Spark
     * calls that a success.
     */
    void refuseUnlessAllHere(long written) {
        var here = list();
        var rows = here.stream().mapToLong(this::rowsOf).sum();
        if (here.isEmpty() || rows != written) {
            throw UserError.failed("of " + Counted.of(written, "row") + " written, this machine sees "
                    + Counted.of(rows) + ": where Spark's executors run on other machines, a table needs a path that "
                    + "all see, as hdfs:// or s3a://; nothing was replaced");
        }
    }

    private long rowsOf(Path file) {
        var conf = spark.sparkContext().hadoopConfiguration();
        var options = HadoopReadOptions.builder(conf, file).build();
        try (var reader = ParquetFileReader.open(HadoopInputFile.fromPath(file, conf), options)) {
            return reader.getRecordCount();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int fileCount(long records) {
        var worth = Math.min(spark.sparkContext().defaultParallelism(), records / ROWS_WORTH_A_FILE);
        return (int) Math.max(1, Math.max(worth, records / ROWS_OF_A_FILE));
    }

    private List<Path> list() {
        try {
            var found = files.listStatus(staging, file -> file.getName().startsWith("part-"));
            return Arrays.stream(found).map(FileStatus::getPath).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
