package dev.questline.query;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.hex;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.expressions.RowOrdering;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * A row for each column of a table: how many values, nulls and different values it has, the least and the greatest,
 * and the most frequent one. Two passes for every fifty columns: one for least and greatest in the order of their type,
 * one that counts each value of each column; values of the same frequency are told apart by their text.
 */
final class Summary {
    static final StructType SCHEMA = new StructType()
            .add("column", DataTypes.StringType)
            .add("type", DataTypes.StringType)
            .add("count", DataTypes.LongType)
            .add("nulls", DataTypes.LongType)
            .add("distinct", DataTypes.LongType)
            .add("min", DataTypes.StringType)
            .add("max", DataTypes.StringType)
            .add("top", DataTypes.StringType)
            .add("freq", DataTypes.LongType);

    /** With thousands of columns in one plan, Spark's optimizer takes minutes, and more memory than there is. */
    private static final int COLUMNS_A_PASS = 50;

    private final List<StructField> fields;
    private final Dataset<Row> table;

    Summary(Dataset<Row> table) {
        this(table, List.of(table.schema().fields()));
    }

    private Summary(Dataset<Row> table, List<StructField> fields) {
        this.fields = fields;
        this.table = table.toDF(
                IntStream.range(0, fields.size()).mapToObj(i -> "c" + i).toArray(String[]::new));
    }

    Dataset<Row> rows() {
        var rows = new ArrayList<Row>();
        for (int from = 0; from < fields.size(); from += COLUMNS_A_PASS) {
            rows.addAll(rows(from, Math.min(from + COLUMNS_A_PASS, fields.size())));
        }
        return table.sparkSession().createDataFrame(rows, SCHEMA);
    }

    private List<Row> rows(int from, int to) {
        var columns = IntStream.range(from, to).mapToObj(i -> col("c" + i)).toArray(Column[]::new);
        var some = new Summary(table.select(columns), fields.subList(from, to));
        var bounds = some.bounds();
        var counts = some.counts();
        return IntStream.range(0, to - from)
                .mapToObj(i -> some.row(i, bounds, counts.get(i)))
                .toList();
    }

    private Row row(int i, Row bounds, @Nullable Row counts) {
        var all = bounds.getLong(0);
        var field = fields.get(i);
        var values = counts == null ? 0L : counts.getLong(2);
        return RowFactory.create(
                field.name(),
                field.dataType().simpleString(),
                values,
                all - values,
                counts == null ? 0L : counts.getLong(1),
                bounds.getString(1 + 2 * i),
                bounds.getString(2 + 2 * i),
                counts == null ? null : counts.getStruct(3).getString(1),
                counts == null ? null : -counts.getStruct(3).getLong(0));
    }

    /** The number of rows, then least and greatest of each column as text. */
    private Row bounds() {
        var columns = new ArrayList<Column>();
        for (int i = 0; i < fields.size(); i++) {
            var type = fields.get(i).dataType();
            columns.add(RowOrdering.isOrderable(type) ? text(min(col("c" + i)), type) : nothing());
            columns.add(RowOrdering.isOrderable(type) ? text(max(col("c" + i)), type) : nothing());
        }
        return table.agg(count(lit(1)), columns.toArray(Column[]::new)).first();
    }

    /** By the column's position: different values, values, and the most frequent as (-frequency, text). */
    Map<Integer, Row> counts() {
        var texts = IntStream.range(0, fields.size())
                .mapToObj(i -> text(col("c" + i), fields.get(i).dataType()))
                .toArray(Column[]::new);
        var frequencies = table.select(posexplode(array(texts)))
                .where(col("col").isNotNull())
                .groupBy("pos", "col")
                .agg(count(lit(1)).as("freq"));
        var columns = frequencies
                .groupBy("pos")
                .agg(count(lit(1)), sum("freq"), min(struct(negate(col("freq")), col("col"))));
        var byPosition = new HashMap<Integer, Row>();
        columns.collectAsList().forEach(row -> byPosition.put(row.getInt(0), row));
        return byPosition;
    }

    private static Column text(Column value, DataType type) {
        return type instanceof BinaryType
                ? org.apache.spark.sql.functions.concat(lit("0x"), hex(value))
                : value.cast(DataTypes.StringType);
    }

    private static Column nothing() {
        return lit(null).cast(DataTypes.StringType);
    }
}
