package dev.questline.bench.lab;

import java.util.Collection;

/** The middle one, which a neighbour's burst of work moves less than the mean. */
public final class Median {
    private Median() {}

    public static double of(Collection<Double> values) {
        var sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        var middle = sorted.length / 2;
        return sorted.length == 0
                ? Double.NaN
                : sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
