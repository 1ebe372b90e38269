package dev.questline.query.notebook;

import dev.questline.query.Workspace;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

    /** Spark's optimizer takes the more time for each column, the more there are in one plan. */
    private static final int COLUMNS_A_PASS = 50;

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
        var rows = table.count();
        byType().values().stream().flatMap(Description::batches).forEach(alike -> describeNumbers(alike, rows, found));
        batches(columns().filter(i -> !isMeasured(i)).boxed().toList())
                .forEach(texts -> describeTexts(texts, rows, found));
        return table.sparkSession()
                .createDataFrame(
                        statistics.stream().map(name -> row(name, found)).toList(), schema());
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

    /** The measured columns of each type: as the elements of an array they are described in one pass. */
    private Map<DataType, List<Integer>> byType() {
        return columns().filter(this::isMeasured).boxed().collect(Collectors.groupingBy(i -> fields[i].dataType()));
    }

    private static Stream<List<Integer>> batches(List<Integer> columns) {
        return IntStream.iterate(0, from -> from < columns.size(), from -> from + COLUMNS_A_PASS)
                .mapToObj(from -> columns.subList(from, Math.min(from + COLUMNS_A_PASS, columns.size())));
    }

    private void describeTexts(List<Integer> texts, long rows, Map<Integer, Map<String, @Nullable String>> found) {
        var columns = texts.stream().map(i -> functions.col("c" + i)).toArray(Column[]::new);
        var frequencies = Workspace.frequencies(table.select(columns));
        for (int n = 0; n < texts.size(); n++) {
            var statistics = counts(0, rows);
            found.put(texts.get(n), statistics);
            var row = frequencies.get(n);
            statistics.put("unique", row == null ? "0" : String.valueOf(row.getLong(1)));
            if (row != null) {
                statistics.putAll(counts(row.getLong(2), rows));
                statistics.put("top", row.getStruct(3).getString(1));
                statistics.put("freq", String.valueOf(-row.getStruct(3).getLong(0)));
            }
        }
    }

    private static Map<String, @Nullable String> counts(long count, long rows) {
        var statistics = new HashMap<String, @Nullable String>();
        statistics.put("count", String.valueOf(count));
        statistics.put("missing", String.valueOf(rows - count));
        return statistics;
    }

    private void describeNumbers(List<Integer> alike, long rows, Map<Integer, Map<String, @Nullable String>> found) {
        alike.forEach(i -> found.put(i, counts(0, rows)));
        var time = isTime(fields[alike.get(0)].dataType());
        var values = alike.stream().map(i -> functions.col("c" + i)).toArray(Column[]::new);
        var value = functions.col("col");
        // Milliseconds, of a time.
        var number = time
                ? functions.unix_millis(value.cast(DataTypes.TimestampType)).cast(DataTypes.DoubleType)
                : value.cast(DataTypes.DoubleType);
        var shares = functions.array(functions.lit(0.25), functions.lit(0.5), functions.lit(0.75));
        var figures = table.select(functions.posexplode(functions.array(values)))
                .where(value.isNotNull().and(functions.not(functions.isnan(number))))
                .groupBy("pos")
                .agg(
                        functions.count(value),
                        functions.avg(number),
                        functions.stddev_samp(number),
                        rows <= EXACT_UP_TO
                                ? functions.percentile(number, shares)
                                : functions.percentile_approx(number, shares, functions.lit(10_000)),
                        functions.min(value).cast(DataTypes.StringType),
                        functions.max(value).cast(DataTypes.StringType));
        figures.collectAsList().forEach(row -> found.put(alike.get(row.getInt(0)), figures(row, rows, time)));
    }

    private static Map<String, @Nullable String> figures(Row row, long rows, boolean time) {
        var statistics = counts(row.getLong(1), rows);
        statistics.put("mean", shown(row.getDouble(2), time));
        if (!time && !row.isNullAt(3)) {
            statistics.put("std", shown(row.getDouble(3), false));
        }
        List<Double> quartiles = row.getList(4);
        statistics.put("25%", shown(quartiles.get(0), time));
        statistics.put("50%", shown(quartiles.get(1), time));
        statistics.put("75%", shown(quartiles.get(2), time));
        statistics.put("min", row.getString(5));
        statistics.put("max", row.getString(6));
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
