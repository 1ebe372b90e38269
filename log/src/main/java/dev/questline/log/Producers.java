package dev.questline.log;

import dev.questline.event.Event;
import dev.questline.event.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.SteadyProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The producers of a log: one, or one more for events with a client's id, which is tried for longer. Thread-safe. */
final class Producers {
    private final Settings.Kafka kafka;
    private final boolean patient;
    private volatile KafkaProducer<byte[], byte[]> standard;
    private volatile KafkaProducer<byte[], byte[]> forIds;
    private boolean closed;

    Producers(Settings.Kafka kafka, boolean patient) {
        this.kafka = kafka;
        this.patient = patient;
        this.standard = producer(ClientConfig.producer(kafka));
        this.forIds = forIds(standard);
    }

    private KafkaProducer<byte[], byte[]> forIds(KafkaProducer<byte[], byte[]> otherwise) {
        return patient ? producer(ClientConfig.patientProducer(kafka)) : otherwise;
    }

    private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> config) {
        return new SteadyProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer(), new SteadyTime());
    }

    KafkaProducer<byte[], byte[]> of(Event event) {
        return event.isClientId() ? forIds : standard;
    }

    /** Those in use, each once. */
    List<KafkaProducer<byte[], byte[]>> all() {
        return Stream.of(standard, forIds).distinct().toList();
    }

    /** Puts others into use. What the old ones have in flight gets its time, as the new topic may take it too. */
    synchronized void renew() {
        if (!closed) {
            var old = all();
            standard = producer(ClientConfig.producer(kafka));
            forIds = forIds(standard);
            old.forEach(Producers::closeInBackground);
        }
    }

    private static void closeInBackground(KafkaProducer<?, ?> old) {
        var limit = Duration.ofMillis(ClientConfig.APPEND_MILLIS);
        var closing = new Thread(() -> old.close(limit), "producer-close");
        closing.setDaemon(true);
        closing.start();
    }

    /** Waits, bounded by {@code limit}, for what is in flight. */
    void close(Duration limit) {
        synchronized (this) {
            closed = true;
        }
        long end = System.nanoTime() + limit.toNanos();
        // While one is waited for, the other goes on sending.
        all().forEach(each -> each.close(Duration.ofNanos(Math.max(0, end - System.nanoTime()))));
    }
}
