package dev.questline.query.notebook;

import dev.questline.query.Workspace;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * A row for each statistic, a column for each column, as pandas' {@code describe(include='all')} gives it, with the number
 * of missing values; not-a-number counts as missing. Quartiles are exact up to a million rows, beyond within 0.01 %.
 */
final class Description {
    private static final long EXACT_UP_TO = 1_000_000;
    private static final List<String> OF_TEXTS = List.of("unique", "top", "freq");
    private static final List<String> OF_NUMBERS = List.of("mean", "std", "min", "25%", "50%", "75%", "max");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final StructField[] fields;
    private final Dataset<Row> table;

    Description(Dataset<Row> table) {
        this.fields = table.schema().fields();
        this.table = table.toDF(columns().mapToObj(i -> "c" + i).toArray(String[]::new));
    }

    private IntStream columns() {
        return IntStream.range(0, fields.length);
    }

    Dataset<Row> rows() {
        var statistics = new ArrayList<>(List.of("count", "missing"));
        if (columns().anyMatch(i -> !isMeasured(i))) {
            statistics.addAll(OF_TEXTS);
        }
        if (columns().anyMatch(this::isMeasured)) {
            statistics.addAll(OF_NUMBERS);
        }
        var found = new HashMap<Integer, Map<String, @Nullable String>>();
        describeNumbers(found);
        describeTexts(found);
        var rows = statistics.stream().map(name -> row(name, found)).toList();
        return table.sparkSession().createDataFrame(rows, schema());
    }

    private Row row(String statistic, Map<Integer, Map<String, @Nullable String>> found) {
        var values = new ArrayList<@Nullable Object>();
        values.add(statistic);
        columns().forEach(i -> values.add(found.getOrDefault(i, Map.of()).get(statistic)));
        return RowFactory.create(values.toArray());
    }

    private StructType schema() {
        var schema = new StructType().add("statistic", DataTypes.StringType);
        for (var field : fields) {
            schema = schema.add(field.name(), DataTypes.StringType);
        }
        return schema;
    }

    private boolean isMeasured(int i) {
        return fields[i].dataType() instanceof NumericType || isTime(fields[i].dataType());
    }

    private static boolean isTime(DataType type) {
        return type instanceof TimestampType || type instanceof TimestampNTZType || type instanceof DateType;
    }

    private void describeTexts(Map<Integer, Map<String, @Nullable String>> found) {
        var texts = columns().filter(i -> !isMeasured(i)).toArray();
        if (texts.length == 0) {
            return;
        }
        var columns = Arrays.stream(texts).mapToObj(i -> functions.col("c" + i)).toArray(Column[]::new);
        var summary = Workspace.summary(table.select(columns)).collectAsList();
        for (int n = 0; n < texts.length; n++) {
            var row = summary.get(n);
            var statistics = new LinkedHashMap<String, @Nullable String>();
            statistics.put("count", String.valueOf(row.getLong(2)));
            statistics.put("missing", String.valueOf(row.getLong(3)));
            statistics.put("unique", String.valueOf(row.getLong(4)));
            statistics.put("top", row.getString(7));
            statistics.put("freq", row.isNullAt(8) ? null : String.valueOf(row.getLong(8)));
            found.put(texts[n], statistics);
        }
    }

    private void describeNumbers(Map<Integer, Map<String, @Nullable String>> found) {
        var numbers = columns().filter(this::isMeasured).toArray();
        if (numbers.length == 0) {
            return;
        }
        var rows = table.count();
        var columns = new ArrayList<Column>();
        for (var i : numbers) {
            columns.addAll(statistics(i, rows <= EXACT_UP_TO));
        }
        var result =
                table.agg(functions.lit(rows), columns.toArray(Column[]::new)).first();
        for (int n = 0; n < numbers.length; n++) {
            found.put(numbers[n], statistics(result, 1 + 6 * n, rows, isTime(fields[numbers[n]].dataType())));
        }
    }

    /** Count, mean, deviation, least, quartiles, greatest. */
    private List<Column> statistics(int i, boolean exact) {
        var value = functions.col("c" + i);
        var time = isTime(fields[i].dataType());
        var number = time
                ? functions.unix_millis(value.cast(DataTypes.TimestampType)).cast(DataTypes.DoubleType)
                : functions.nullif(value.cast(DataTypes.DoubleType), functions.lit(Double.NaN));
        var present = time ? value : functions.when(number.isNotNull(), value);
        var shares = functions.array(functions.lit(0.25), functions.lit(0.5), functions.lit(0.75));
        return List.of(
                functions.count(present),
                functions.avg(number),
                time ? functions.lit(null).cast(DataTypes.DoubleType) : functions.stddev_samp(number),
                functions.min(present).cast(DataTypes.StringType),
                exact
                        ? functions.percentile(number, shares)
                        : functions.percentile_approx(number, shares, functions.lit(10_000)),
                functions.max(present).cast(DataTypes.StringType));
    }

    private static Map<String, @Nullable String> statistics(Row row, int at, long rows, boolean time) {
        var statistics = new LinkedHashMap<String, @Nullable String>();
        statistics.put("count", String.valueOf(row.getLong(at)));
        statistics.put("missing", String.valueOf(rows - row.getLong(at)));
        statistics.put("mean", row.isNullAt(at + 1) ? null : shown(row.getDouble(at + 1), time));
        statistics.put("std", row.isNullAt(at + 2) ? null : shown(row.getDouble(at + 2), false));
        statistics.put("min", row.getString(at + 3));
        if (!row.isNullAt(at + 4)) {
            List<Double> quartiles = row.getList(at + 4);
            statistics.put("25%", shown(quartiles.get(0), time));
            statistics.put("50%", shown(quartiles.get(1), time));
            statistics.put("75%", shown(quartiles.get(2), time));
        }
        statistics.put("max", row.getString(at + 5));
        return statistics;
    }

    private static String shown(double value, boolean time) {
        if (time) {
            return TIME.format(Instant.ofEpochMilli(Math.round(value)).atOffset(ZoneOffset.UTC));
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return String.valueOf((long) value);
        }
        return Math.abs(value) >= 1e-3 && Math.abs(value) < 1e15
                ? new java.math.BigDecimal(value)
                        .setScale(6, java.math.RoundingMode.HALF_EVEN)
                        .stripTrailingZeros()
                        .toPlainString()
                : String.valueOf(value);
    }
}
