package dev.questline.query;

import dev.questline.event.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StructField;

/** A result as one Parquet file on the caller's standard output. Its footer comes last, so it is whole before it is sent. */
final class ParquetFile {
    private final Caller caller;

    ParquetFile(Caller caller) {
        this.caller = caller;
    }

    void print(Dataset<Row> result) throws IOException {
        if (caller.width() > 0) {
            throw UserError.wrongUse("--output parquet is nothing for a terminal; send it to a file: > rows.parquet");
        }
        if (!result.sparkSession().sparkContext().isLocal()) {
            throw UserError.wrongUse(
                    "--output parquet needs a local master; `questline extract --write` has no such limit");
        }
        var folder = Files.createTempDirectory("questline-parquet");
        try {
            writable(result)
                    .coalesce(1)
                    .write()
                    .mode("overwrite")
                    .parquet(folder.toUri().toString());
            try (var files = Files.newDirectoryStream(folder, "part-*.parquet")) {
                Files.copy(files.iterator().next(), caller.out());
            }
            caller.out().flush();
        } finally {
            delete(folder);
        }
    }

    /** The same with names that differ, and with a type for columns of nothing but nulls. */
    private static Dataset<Row> writable(Dataset<Row> result) {
        var fields = result.schema().fields();
        var names = JsonNames.distinct(IntStream.range(0, fields.length)
                .mapToObj(i -> fields[i].name())
                .toList());
        var byPosition = result.toDF(
                IntStream.range(0, fields.length).mapToObj(i -> "c" + i).toArray(String[]::new));
        return byPosition.select(IntStream.range(0, fields.length)
                .mapToObj(i -> writable(functions.col("c" + i), fields[i]).as(names.get(i)))
                .toArray(Column[]::new));
    }

    private static Column writable(Column value, StructField field) {
        return field.dataType() instanceof NullType ? value.cast("string") : value;
    }

    /** Gone already where Spark has begun by clearing the place and then failed. */
    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
