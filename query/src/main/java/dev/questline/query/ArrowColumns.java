package dev.questline.query;

import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.arrow.ArrowConverters$;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.CalendarIntervalType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.VariantType;
import org.apache.spark.sql.util.ArrowUtils;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A result's columns as Arrow carries them, by Spark's own conversion.
 *
 * @param zone of timestamps
 */
record ArrowColumns(StructType types, String zone) implements StreamedBatches.Batching<InternalRow, byte[]> {
    private static final long serialVersionUID = 1;
    private static final long BATCH_ROWS = 10_000;
    private static final long BATCH_BYTES = 1 << 20;

    /** Of a result with these columns. */
    static ArrowColumns of(StructType result, String zone) {
        var fields = Arrays.stream(result.fields())
                .map(field -> isCarried(field.dataType())
                        ? field
                        : new StructField(field.name(), DataTypes.StringType, field.nullable(), field.metadata()))
                .toArray(StructField[]::new);
        return new ArrowColumns(new StructType(fields), zone);
    }

    /** What is not goes as a text. */
    private static boolean isCarried(DataType type) {
        return !(type instanceof CalendarIntervalType || type instanceof VariantType);
    }

    Schema schema() {
        return ArrowUtils.toArrowSchema(types, zone, false, false);
    }

    /** The same rows with these columns. By position, as names may be odd or the same twice. */
    Dataset<Row> of(Dataset<Row> result) {
        var fields = result.schema().fields();
        if (Arrays.stream(fields).allMatch(field -> isCarried(field.dataType()))) {
            return result;
        }
        var numbered = result.toDF(names(fields.length));
        return numbered.select(IntStream.range(0, fields.length)
                .mapToObj(i -> carried(functions.col("c" + i), fields[i]))
                .toArray(Column[]::new));
    }

    private static String[] names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "c" + i).toArray(String[]::new);
    }

    private static Column carried(Column value, StructField field) {
        return isCarried(field.dataType()) ? value : value.cast(DataTypes.StringType);
    }

    @Override
    public Iterator<byte[]> batches(scala.collection.Iterator<InternalRow> rows) {
        return CollectionConverters.asJava(ArrowConverters$.MODULE$.toBatchWithSchemaIterator(
                rows, types, BATCH_ROWS, BATCH_BYTES, zone, false, false));
    }
}
