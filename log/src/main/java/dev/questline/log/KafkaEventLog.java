package dev.questline.log;

import dev.questline.event.ClientProperties;
import dev.questline.event.Event;
import dev.questline.event.KafkaGreeting;
import dev.questline.event.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/** The log in a topic of Kafka, acknowledged by all in-sync replicas, without duplicates from retries. */
public final class KafkaEventLog implements EventLog {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private final String topic;
    private final String servers;
    private final Producers producers;
    private final TopicMonitor monitor;

    private KafkaEventLog(Settings.Kafka kafka, boolean patient) {
        this.topic = kafka.topic();
        this.servers = kafka.bootstrapServers();
        this.producers = new Producers(kafka, patient);
        this.monitor = new TopicMonitor(kafka, producers);
    }

    /**
     * Opens the log and returns soon, as {@link KafkaGreeting#requireNoOther} does; it becomes available when the broker
     * has answered. A missing topic is made, then
     * and whenever it goes missing.
     */
    public static KafkaEventLog open(Settings.Kafka kafka) {
        return open(kafka, false);
    }

    /**
     * The same, but an event with a client's id is tried for {@link ClientConfig#PATIENT_MILLIS}, and not known to have
     * failed before that. Its caller keeps the deadline.
     */
    static KafkaEventLog openPatient(Settings.Kafka kafka) {
        return open(kafka, true);
    }

    private static KafkaEventLog open(Settings.Kafka kafka, boolean patient) {
        KafkaGreeting.requireNoOther(kafka.bootstrapServers(), ClientProperties.of(kafka));
        try {
            var log = new KafkaEventLog(kafka, patient);
            log.monitor.start();
            return log;
        } catch (KafkaException e) {
            throw UnreachableKafka.at(kafka, e);
        }
    }

    @Override
    public CompletionStage<Receipt> append(Event event) {
        if (!monitor.isHealthy()) {
            return CompletableFuture.failedFuture(
                    LogUnavailable.refused("Kafka at " + servers + " does not take events now"));
        }
        var attempt = new Attempt(producers.of(event));
        attempt.send(EventRecord.of(event, topic));
        return attempt.receipt;
    }

    /** An event on its way to the broker. */
    private final class Attempt implements Callback {
        private final CompletableFuture<Receipt> receipt = new CompletableFuture<>();
        private final Thread caller = Thread.currentThread();
        private final KafkaProducer<byte[], byte[]> producer;

        Attempt(KafkaProducer<byte[], byte[]> producer) {
            this.producer = producer;
        }

        @SuppressWarnings("FutureReturnValueIgnored") // the callback gets all there is to know
        void send(ProducerRecord<byte[], byte[]> record) {
            try {
                producer.send(record, this);
            } catch (KafkaException | IllegalStateException e) {
                fail(e); // closed meanwhile
            }
        }

        @Override
        public void onCompletion(@Nullable RecordMetadata record, @Nullable Exception error) {
            if (error != null) {
                fail(error);
            } else if (record != null && record.hasOffset()) {
                monitor.appendAcknowledged();
                receipt.complete(new Receipt(record.topic(), record.partition(), record.offset()));
            } else {
                // The broker has it as a repetition of an old record and does not say where that stands.
                fail(new IllegalStateException("acknowledged without an offset"));
            }
        }

        private void fail(Exception error) {
            if (error instanceof RecordTooLargeException) {
                receipt.completeExceptionally(new EventTooLarge(String.valueOf(error.getMessage()), error));
            } else if (error instanceof BufferExhaustedException) {
                // This one has no room; the log is well.
                receipt.completeExceptionally(LogUnavailable.refused(
                        "the buffer of events on their way to Kafka at " + servers + " is full"));
            } else {
                failWithTheLog(error);
            }
        }

        private void failWithTheLog(Exception error) {
            if (producers.isInUse(producer)) { // what those for an old topic say tells nothing of the new one
                monitor.appendFailed(error);
            }
            // What fails on the thread that appends was never handed over to be sent.
            receipt.completeExceptionally(
                    Thread.currentThread() == caller
                            ? LogUnavailable.refused(
                                    "the event could not be sent to Kafka at " + servers + ": " + error.getMessage())
                            : new LogUnavailable("Kafka at " + servers + " did not take the event", error));
        }
    }

    /** An event has waited for its acknowledgement for longer than one should, and goes on waiting. */
    void appendOverdue(Throwable reason) {
        monitor.appendFailed(reason);
    }

    /** {@code action} is run whenever the machine's clock was found to be set back. */
    void onClockSetBack(Runnable action) {
        monitor.onClockSetBack(action);
    }

    /** The topic as it was when last seen; null until then. */
    @Nullable
    FoundTopic found() {
        return monitor.found();
    }

    @Override
    public Optional<String> trouble() {
        return monitor.trouble();
    }

    @Override
    public List<Measure> measures() {
        return producers.all().stream()
                .flatMap(each -> ProducerMeasures.of(each).stream())
                .toList();
    }

    @Override
    public Optional<String> refusal() {
        return monitor.refusal();
    }

    @Override
    public void close() {
        monitor.close();
        producers.close(CLOSE_LIMIT);
    }
}
