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
    private volatile Pair inUse;
    private boolean closed;

    private record Pair(KafkaProducer<byte[], byte[]> standard, KafkaProducer<byte[], byte[]> forIds) {
        /** Each once. */
        List<KafkaProducer<byte[], byte[]>> all() {
            return Stream.of(standard, forIds).distinct().toList();
        }
    }

    Producers(Settings.Kafka kafka, boolean patient) {
        this.kafka = kafka;
        this.patient = patient;
        this.inUse = open();
    }

    private Pair open() {
        var standard = producer(ClientConfig.producer(kafka));
        try {
            return new Pair(standard, patient ? producer(ClientConfig.patientProducer(kafka)) : standard);
        } catch (RuntimeException e) {
            standard.close(Duration.ZERO);
            throw e;
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> config) {
        return new SteadyProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer(), new SteadyTime());
    }

    KafkaProducer<byte[], byte[]> of(Event event) {
        var pair = inUse;
        return event.isClientId() ? pair.forIds() : pair.standard();
    }

    /** Those in use, each once. */
    List<KafkaProducer<byte[], byte[]>> all() {
        return inUse.all();
    }

    boolean isInUse(KafkaProducer<?, ?> producer) {
        var pair = inUse;
        return producer == pair.standard() || producer == pair.forIds();
    }

    /** Puts others into use. What the old ones have in flight gets its time, as the new topic may take it too. */
    synchronized void renew() {
        if (!closed) {
            var old = inUse;
            inUse = open();
            old.all().forEach(Producers::closeInBackground);
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
