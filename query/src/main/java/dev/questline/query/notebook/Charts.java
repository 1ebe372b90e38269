package dev.questline.query.notebook;

import dev.questline.event.DidYouMean;
import dev.questline.event.UserError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.XYChart;

/** Tables as charts. The first column is across, the others are up. */
final class Charts {
    private static final int BARS = 500;
    private static final int POINTS = 100_000;

    /** Up to so many each is marked. */
    private static final int FEW_POINTS = 30;

    private Charts() {}

    static CategoryChart bar(Dataset<Row> table, String title) {
        var points = Points.of("bar", table, BARS, value -> value.cast(DataTypes.StringType));
        var chart = Look.category(title, points.across(), points.up());
        points.series().forEach((name, values) -> {
            var categories = new ArrayList<String>();
            points.places().forEach(place -> categories.add(String.valueOf(place)));
            chart.addSeries(name, categories, points.at(values, 0.0));
        });
        Look.labels(chart);
        return Look.legend(chart, points.series().size());
    }

    @SuppressWarnings("JavaUtilDate") // what XChart takes
    static XYChart line(Dataset<Row> table, String title) {
        var across = table.schema().fields().length == 0
                ? null
                : table.schema().fields()[0].dataType();
        var points = Points.of("line", table, POINTS, value -> number(value, across, table));
        var chart = Look.xy(title, isTime(across) ? "" : points.across(), points.up());
        points.series().forEach((name, values) -> {
            var places = values.keySet().stream().sorted().toList();
            var xs = places.stream()
                    .map(place -> isTime(across) ? new Date(Math.round(1000 * (Double) place)) : place)
                    .toList();
            var ys = places.stream().map(values::get).toList();
            Look.marker(chart.addSeries(name, xs, ys), points.places().size() <= FEW_POINTS);
        });
        Look.fromZero(chart, points.series().values());
        return Look.legend(chart, points.series().size());
    }

    /** Seconds, for times; texts that are times count as such. */
    private static Column number(Column value, @Nullable DataType type, Dataset<Row> table) {
        if (type instanceof NumericType) {
            return value.cast(DataTypes.DoubleType);
        }
        if (isTime(type)) {
            return functions
                    .unix_micros(value.try_cast(DataTypes.TimestampType))
                    .divide(1e6);
        }
        throw UserError.wrongUse("line(…): the first column has to hold times or numbers; "
                + table.schema().fields()[0].name() + " is "
                + table.schema().fields()[0].dataType().simpleString());
    }

    private static boolean isTime(@Nullable DataType type) {
        return type instanceof TimestampType
                || type instanceof TimestampNTZType
                || type instanceof DateType
                || type instanceof StringType;
    }

    static CategoryChart histogram(Dataset<Row> table, String column, String title) {
        var field = column(table, column);
        if (!(table.schema().fields()[field].dataType() instanceof NumericType)) {
            throw UserError.wrongUse("histogram(…): the column has to hold numbers; " + column + " is "
                    + table.schema().fields()[field].dataType().simpleString());
        }
        var value = functions.col("c" + field).cast(DataTypes.DoubleType);
        var values = Points.byPosition(table)
                .select(value.as("v"))
                .where("v is not null and not isnan(v) and abs(v) <> double('infinity')");
        var whole = !table.schema().fields()[field].dataType().simpleString().matches("float|double|decimal.*");
        var chart = Look.category(title, table.schema().fields()[field].name(), "rows");
        Bins.of(values, whole).addTo(chart, values);
        chart.getStyler().setAvailableSpaceFill(0.97);
        Look.labels(chart);
        return Look.legend(chart, 1);
    }

    private static int column(Dataset<Row> table, String name) {
        var names =
                Arrays.stream(table.schema().fields()).map(StructField::name).toList();
        var exact = names.indexOf(name);
        var inAnyCase = names.stream()
                .map(known -> known.toLowerCase(Locale.ROOT))
                .toList()
                .indexOf(name.toLowerCase(Locale.ROOT));
        if (exact < 0 && inAnyCase < 0) {
            throw UserError.wrongUse("there is no column '" + name + "'" + DidYouMean.hint(name, names));
        }
        return exact < 0 ? inAnyCase : exact;
    }

    /**
     * @param across what the first column is named
     * @param up what goes up, if it is one thing
     * @param places what stands across, in the order of the rows
     * @param series by their names: up by across
     */
    private record Points(String across, String up, Set<Object> places, Map<String, Map<Object, Double>> series) {

        static Points of(String chart, Dataset<Row> table, int most, UnaryOperator<Column> asPlace) {
            var fields = table.schema().fields();
            var apart = fields.length == 3 && fields[1].dataType() instanceof StringType;
            var numbers = numbers(fields, apart ? 2 : 1);
            if (fields.length < 2 || numbers.isEmpty()) {
                throw UserError.wrongUse(
                        chart + "(…): after the first column there has to be one of numbers; there are "
                                + table.schema().simpleString());
            }
            var columns = new ArrayList<Column>();
            columns.add(asPlace.apply(functions.col("c0")));
            columns.add(apart ? functions.col("c1") : functions.lit(""));
            numbers.forEach(i -> columns.add(functions.col("c" + i).cast(DataTypes.DoubleType)));
            var rows = byPosition(table).select(columns.toArray(Column[]::new)).takeAsList(most + 1);
            if (rows.size() > most) {
                throw UserError.wrongUse(chart + "(…): there are more than " + most
                        + " rows, which nobody could see; group them, or take fewer by limit(N)");
            }
            var up = numbers.size() == 1 ? fields[numbers.get(0)].name() : "";
            var points = new Points(fields[0].name(), up, new LinkedHashSet<>(), new LinkedHashMap<>());
            rows.forEach(row -> points.add(row, i -> fields[numbers.get(i)].name(), apart));
            return points;
        }

        private static List<Integer> numbers(StructField[] fields, int from) {
            return IntStream.range(from, fields.length)
                    .filter(i -> fields[i].dataType() instanceof NumericType)
                    .boxed()
                    .toList();
        }

        static Dataset<Row> byPosition(Dataset<Row> table) {
            return table.toDF(IntStream.range(0, table.schema().size())
                    .mapToObj(i -> "c" + i)
                    .toArray(String[]::new));
        }

        private void add(Row row, IntFunction<String> name, boolean apart) {
            var place = row.isNullAt(0) ? "null" : row.get(0);
            for (int i = 2; i < row.size(); i++) {
                if (!row.isNullAt(i)
                        && !(row.isNullAt(0) && row.schema().fields()[0].dataType() instanceof NumericType)) {
                    var series = apart ? String.valueOf(row.get(1)) : name.apply(i - 2);
                    this.series
                            .computeIfAbsent(series, s -> new LinkedHashMap<>())
                            .put(place, row.getDouble(i));
                    places.add(place);
                }
            }
        }

        List<Double> at(Map<Object, Double> values, double otherwise) {
            return places.stream()
                    .map(place -> values.getOrDefault(place, otherwise))
                    .toList();
        }
    }
}
