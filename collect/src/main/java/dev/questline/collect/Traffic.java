package dev.questline.collect;

import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;

/**
 * Counts the requests and what became of each. In every reading
 * {@code received = logged + refused + failed + in flight}. Thread-safe; counting costs some nanoseconds.
 */
final class Traffic {
    private static final double[] SECONDS = {.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10};

    private final LongAdder received = new LongAdder();
    private final LongAdder logged = new LongAdder();
    private final LongAdder repeated = new LongAdder();
    private final ConcurrentMap<Integer, LongAdder> refused = new ConcurrentHashMap<>();
    private final ConcurrentMap<Integer, LongAdder> failed = new ConcurrentHashMap<>();

    private final Histogram durations = Histogram.builder()
            .name("questline_request_duration_seconds")
            .help("From a request's head to its answer, by outcome.")
            .labelNames("outcome")
            .classicOnly()
            .classicUpperBounds(SECONDS)
            .build();
    private final DistributionDataPoint durationOfLogged = durations.labelValues("logged");
    private final DistributionDataPoint durationOfRefused = durations.labelValues("refused");
    private final DistributionDataPoint durationOfFailed = durations.labelValues("failed");

    private final IntSupplier connections;

    /** @param connections how many are open */
    Traffic(IntSupplier connections) {
        this.connections = connections;
    }

    void received() {
        received.increment();
    }

    /** The event stands in the log; {@code again} if by an earlier request. */
    void logged(boolean again, long nanos) {
        logged.increment();
        if (again) {
            repeated.increment();
        }
        durationOfLogged.observe(seconds(nanos));
    }

    /** The event does not stand in the log. */
    void refused(int status, long nanos) {
        count(refused, status);
        durationOfRefused.observe(seconds(nanos));
    }

    /** The event may or may not come to stand in the log. */
    void failed(int status, long nanos) {
        count(failed, status);
        durationOfFailed.observe(seconds(nanos));
    }

    void register(PrometheusRegistry registry) {
        registry.register((MultiCollector) this::snapshot);
        registry.register(durations);
    }

    private static void count(ConcurrentMap<Integer, LongAdder> byStatus, int status) {
        byStatus.computeIfAbsent(status, first -> new LongAdder()).increment();
    }

    private static double seconds(long nanos) {
        return nanos / (double) TimeUnit.SECONDS.toNanos(1);
    }

    /** What is settled is read first, so that no request is seen settled that was not seen received. */
    private MetricSnapshots snapshot() {
        var refusals = byStatus("refused", "Requests whose event does not stand in the log.", refused);
        var failures = byStatus("failed", "Requests whose event may or may not stand in the log.", failed);
        double again = repeated.sum();
        double inTheLog = logged.sum();
        double all = received.sum();
        double settled = inTheLog + sum(refusals) + sum(failures);
        return MetricSnapshots.of(
                counter("received", "Requests that have come in.", all),
                counter("logged", "Requests answered with the receipt of their event in the log.", inTheLog),
                counter("repeated", "Of those logged, the ones whose event an earlier request had logged.", again),
                refusals,
                failures,
                gauge("questline_requests_in_flight", "Requests that have no answer yet.", all - settled),
                gauge("questline_connections_open", "Connections of clients.", connections.getAsInt()));
    }

    private static GaugeSnapshot gauge(String name, String help, double value) {
        return GaugeSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                        .value(value)
                        .build())
                .build();
    }

    private static CounterSnapshot counter(String outcome, String help, double value) {
        return CounterSnapshot.builder()
                .name("questline_requests_" + outcome)
                .help(help)
                .dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                        .value(value)
                        .build())
                .build();
    }

    private static CounterSnapshot byStatus(String outcome, String help, ConcurrentMap<Integer, LongAdder> counts) {
        var snapshot =
                CounterSnapshot.builder().name("questline_requests_" + outcome).help(help);
        counts.forEach((status, count) -> snapshot.dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                .labels(Labels.of("status", status.toString()))
                .value((double) count.sum())
                .build()));
        return snapshot.build();
    }

    private static double sum(CounterSnapshot snapshot) {
        return snapshot.getDataPoints().stream()
                .mapToDouble(CounterSnapshot.CounterDataPointSnapshot::getValue)
                .sum();
    }
}
