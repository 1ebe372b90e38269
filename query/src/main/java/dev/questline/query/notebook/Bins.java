package dev.questline.query.notebook;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.knowm.xchart.CategoryChart;

/**
 * Ranges of numbers, all as wide, with bounds that people would choose.
 *
 * @param first the number of the first range; it begins at that times the width
 */
record Bins(long first, int count, BigDecimal width) {
    private static final int ABOUT = 20;

    /** Ranges that hold all values; a whole number wide at least, if the values are whole. */
    static Bins of(Dataset<Row> values, boolean whole) {
        var bounds = values.agg(functions.min("v"), functions.max("v")).first();
        if (bounds.isNullAt(0)) {
            return new Bins(0, 0, BigDecimal.ONE);
        }
        double min = bounds.getDouble(0);
        double max = bounds.getDouble(1);
        var width = round((max - min) / ABOUT);
        if (whole && width.compareTo(BigDecimal.ONE) < 0) {
            width = BigDecimal.ONE;
        }
        var first = (long) Math.floor(min / width.doubleValue());
        var last = (long) Math.floor(max / width.doubleValue());
        return new Bins(first, (int) Math.min(last - first + 1, 10L * ABOUT), width);
    }

    /** The least of 1, 2, 5, 10, 20 … that is no less. */
    private static BigDecimal round(double width) {
        if (!(width > 0) || Double.isInfinite(width)) {
            return BigDecimal.ONE;
        }
        var exact = new BigDecimal(width);
        var power = BigDecimal.ONE.scaleByPowerOfTen(exact.precision() - exact.scale() - 1);
        for (var step : new int[] {1, 2, 5}) {
            var candidate = power.multiply(BigDecimal.valueOf(step));
            if (candidate.compareTo(exact) >= 0) {
                return candidate;
            }
        }
        return power.multiply(BigDecimal.TEN);
    }

    void addTo(CategoryChart chart, Dataset<Row> values) {
        var counts = new ArrayList<>(Collections.nCopies(Math.max(1, count), 0L));
        values.groupBy(functions
                        .floor(functions.col("v").divide(width.doubleValue()))
                        .as("bin"))
                .count()
                .collectAsList()
                .forEach(row -> counts.set(place(row.getLong(0)), row.getLong(1)));
        var names = new ArrayList<String>();
        for (int i = 0; i < counts.size(); i++) {
            names.add(name(i));
        }
        chart.addSeries("rows", names, counts);
    }

    private int place(long bin) {
        return (int) Math.max(0, Math.min(count - 1L, bin - first));
    }

    private String name(int i) {
        return BigDecimal.valueOf(first + i)
                .multiply(width)
                .round(new MathContext(12, RoundingMode.HALF_EVEN))
                .stripTrailingZeros()
                .toPlainString();
    }
}
