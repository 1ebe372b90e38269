package dev.questline.bench.lab;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Measurements of several sides in turn, A B A B, so that what the machine's neighbours do hits all of them alike. */
public final class Rounds<K, V> {
    private final Map<K, List<V>> measured = new LinkedHashMap<>();

    private Rounds() {}

    /** Measures one side once. */
    public interface Measurement<K, V> {
        V measure(K side) throws Exception;
    }

    public static <K, V> Rounds<K, V> of(int rounds, Collection<K> sides, Measurement<K, V> measurement)
            throws Exception {
        var all = new Rounds<K, V>();
        for (var round = 0; round < rounds; round++) {
            for (var side : sides) {
                all.measured.computeIfAbsent(side, first -> new ArrayList<>()).add(measurement.measure(side));
            }
        }
        return all;
    }

    public Collection<K> sides() {
        return measured.keySet();
    }

    public List<V> of(K side) {
        return measured.getOrDefault(side, List.of());
    }

    public double median(K side, ToDoubleFunction<V> figure) {
        return Median.of(values(side, figure));
    }

    public double max(K side, ToDoubleFunction<V> figure) {
        return values(side, figure).stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(Double.NaN);
    }

    /** The figure of each round. */
    public List<Double> values(K side, ToDoubleFunction<V> figure) {
        return of(side).stream().map(figure::applyAsDouble).toList();
    }
}
