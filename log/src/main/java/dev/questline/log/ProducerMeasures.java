package dev.questline.log;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * What Kafka's producer tells of itself, under Prometheus' names: {@code record-error-total} of its group
 * {@code producer-topic-metrics} is {@code kafka_producer_topic_record_error_total}. What they mean is in Kafka's
 * documentation under "Producer monitoring".
 */
final class ProducerMeasures {
    private ProducerMeasures() {}

    static List<Measure> of(Producer<?, ?> producer) {
        return producer.metrics().values().stream()
                .flatMap(metric -> measure(metric).stream())
                .toList();
    }

    private static Optional<Measure> measure(Metric metric) {
        var name = metric.metricName();
        if (!name.group().startsWith("producer-")
                || !(metric.metricValue() instanceof Number value)
                || !Double.isFinite(value.doubleValue())) {
            return Optional.empty();
        }
        return Optional.of(new Measure(nameOf(name), name.description(), labels(name), value.doubleValue()));
    }

    private static String nameOf(MetricName name) {
        var group = name.group().replaceFirst("-metrics$", "");
        return underscored("kafka-" + group + "-" + name.name());
    }

    private static Map<String, String> labels(MetricName name) {
        return name.tags().entrySet().stream()
                .collect(Collectors.toMap(tag -> underscored(tag.getKey()), Map.Entry::getValue));
    }

    private static String underscored(String words) {
        return words.replaceAll("[^A-Za-z0-9]", "_");
    }
}
