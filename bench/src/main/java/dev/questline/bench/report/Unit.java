package dev.questline.bench.report;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** How a figure is written. */
public enum Unit {
    PER_SECOND("%,.0f/s"),
    SECONDS("%.2f s"),
    MILLISECONDS("%.2f ms"),
    MEGABYTES("%.0f MB"),
    /** Of a whole that is 1, or of another figure. */
    RATIO("%.2f"),
    TIMES("%.1f ×"),
    PERCENT("%.1f %%");

    private final String format;

    Unit(String format) {
        this.format = format;
    }

    /** Each of the figures of which one is shown too. */
    public String each(Collection<Double> values) {
        return values.stream().map(this::show).collect(Collectors.joining(" · "));
    }

    public String show(double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, format, value);
    }
}
