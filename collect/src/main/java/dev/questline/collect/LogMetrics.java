package dev.questline.collect;

import static java.util.stream.Collectors.groupingBy;

import dev.questline.log.EventLog;
import dev.questline.log.Measure;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;

/** The log's own figures for Prometheus. */
final class LogMetrics implements MultiCollector {
    private static final String GROWING = "_total";

    private final EventLog log;

    LogMetrics(EventLog log) {
        this.log = log;
    }

    @Override
    public MetricSnapshots collect() {
        var snapshots = MetricSnapshots.builder().metricSnapshot(availability());
        log.measures().stream()
                .collect(groupingBy(Measure::name))
                .forEach((name, measures) -> snapshots.metricSnapshot(snapshot(name, measures)));
        return snapshots.build();
    }

    private GaugeSnapshot availability() {
        return GaugeSnapshot.builder()
                .name("questline_log_available")
                .help("1 if an event appended now would be acknowledged, as far as is known; else 0.")
                .dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                        .value(log.isAvailable() ? 1 : 0)
                        .build())
                .build();
    }

    private static MetricSnapshot snapshot(String name, List<Measure> measures) {
        return name.endsWith(GROWING) ? counter(name, measures) : gauge(name, measures);
    }

    private static CounterSnapshot counter(String name, List<Measure> measures) {
        var snapshot = CounterSnapshot.builder()
                .name(name.substring(0, name.length() - GROWING.length()))
                .help(measures.get(0).help());
        measures.forEach(measure -> snapshot.dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                .labels(labels(measure))
                .value(Math.max(0, measure.value()))
                .build()));
        return snapshot.build();
    }

    private static GaugeSnapshot gauge(String name, List<Measure> measures) {
        var snapshot = GaugeSnapshot.builder().name(name).help(measures.get(0).help());
        measures.forEach(measure -> snapshot.dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                .labels(labels(measure))
                .value(measure.value())
                .build()));
        return snapshot.build();
    }

    private static Labels labels(Measure measure) {
        var labels = Labels.builder();
        measure.labels().forEach(labels::label);
        return labels.build();
    }
}
