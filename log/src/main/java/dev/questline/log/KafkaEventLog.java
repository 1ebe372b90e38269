package dev.questline.log;

import dev.questline.event.Event;
import dev.questline.event.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.SteadyProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The log in a topic of Kafka, acknowledged by all in-sync replicas, without duplicates from retries. */
public final class KafkaEventLog implements EventLog {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private final String topic;
    private final String servers;
    private final Supplier<KafkaProducer<byte[], byte[]>> producers;
    private volatile KafkaProducer<byte[], byte[]> producer;
    private final TopicMonitor monitor;
    private boolean closed;

    private KafkaEventLog(Settings.Kafka kafka) {
        this.topic = kafka.topic();
        this.servers = kafka.bootstrapServers();
        this.producers = () -> new SteadyProducer<>(
                ClientConfig.producer(kafka), new ByteArraySerializer(), new ByteArraySerializer(), new SteadyTime());
        this.producer = producers.get();
        this.monitor = new TopicMonitor(kafka, () -> producer, this::renewProducer);
    }

    /**
     * Opens the log and returns at once; it becomes available when the broker has answered. A missing topic is made, then
     * and whenever it goes missing.
     */
    public static KafkaEventLog open(Settings.Kafka kafka) {
        try {
            var log = new KafkaEventLog(kafka);
            log.monitor.start();
            return log;
        } catch (KafkaException e) {
            throw UnreachableKafka.at(kafka, e);
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the callback gets all there is to know
    public CompletionStage<Receipt> append(Event event) {
        if (!monitor.isHealthy()) {
            return CompletableFuture.failedFuture(
                    new LogUnavailable("Kafka at " + servers + " does not take events now"));
        }
        var receipt = new CompletableFuture<Receipt>();
        try {
            producer.send(EventRecord.of(event, topic), (record, error) -> complete(receipt, record, error));
        } catch (KafkaException | IllegalStateException e) {
            complete(receipt, null, e); // closed meanwhile
        }
        return receipt;
    }

    /** What the old one has in flight was meant for another topic, and fails. */
    private synchronized void renewProducer() {
        if (!closed) {
            var old = producer;
            producer = producers.get();
            old.close(Duration.ZERO);
        }
    }

    private void complete(
            CompletableFuture<Receipt> receipt, @Nullable RecordMetadata record, @Nullable Exception error) {
        if (error == null && record != null && record.hasOffset()) {
            monitor.appendAcknowledged();
            receipt.complete(new Receipt(record.topic(), record.partition(), record.offset()));
        } else if (error instanceof RecordTooLargeException) {
            receipt.completeExceptionally(new EventTooLarge(String.valueOf(error.getMessage()), error));
        } else if (error instanceof BufferExhaustedException) {
            // This one has no room; the log is well.
            receipt.completeExceptionally(
                    new LogUnavailable("the buffer of events on their way to Kafka at " + servers + " is full", error));
        } else {
            // Without either, the broker has it as a repetition of an old record and does not say where that stands.
            var reason = error == null ? new IllegalStateException("acknowledged without an offset") : error;
            monitor.appendFailed(reason);
            receipt.completeExceptionally(
                    new LogUnavailable("Kafka at " + servers + " did not take the event", reason));
        }
    }

    @Override
    public boolean isAvailable() {
        return monitor.isHealthy();
    }

    @Override
    public List<Measure> measures() {
        return ProducerMeasures.of(producer);
    }

    @Override
    public Optional<String> refusal() {
        return monitor.refusal();
    }

    @Override
    public void close() {
        monitor.close();
        synchronized (this) {
            closed = true;
        }
        producer.close(CLOSE_LIMIT);
    }
}
