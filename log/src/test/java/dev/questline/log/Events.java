package dev.questline.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.questline.event.Event;
import dev.questline.event.Settings;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** What the tests append, and to where. */
final class Events {
    private Events() {}

    static Event event(String id) {
        return event(id, Optional.empty(), "{\"event_type\":\"purchase_sword\",\"n\":\"" + id + "\"}");
    }

    static Event event(String id, Optional<String> key, String value) {
        return new Event(
                id,
                false,
                "purchase_sword",
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                key,
                Map.of(),
                value.getBytes(UTF_8));
    }

    static Event eventOfClient(String id) {
        return eventOfClient(id, "purchase_sword");
    }

    static Event eventOfClient(String id, String type) {
        return new Event(
                id,
                true,
                type,
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                Optional.empty(),
                Map.of(),
                ("{\"event_type\":\"" + type + "\"}").getBytes(UTF_8));
    }

    static Settings.Kafka kafka(int port, String topic, int partitions) {
        return new Settings.Kafka(Optional.empty(), port, topic, partitions);
    }

    /** Kafka may go on stopping when its close has returned; until then its folder must stay, and its exits are its own. */
    static void awaitBrokersStopped() {
        await(
                Duration.ofSeconds(60),
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("kafka-shutdown")));
    }

    /** A log that has become available. */
    static KafkaEventLog open(Settings.Kafka kafka) {
        var log = KafkaEventLog.open(kafka);
        await(Duration.ofSeconds(15), log::isAvailable);
        return log;
    }

    static Receipt append(EventLog log, Event event) {
        return log.append(event)
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    static Throwable failure(EventLog log, Event event) {
        try {
            append(log, event);
        } catch (CompletionException e) {
            return e.getCause();
        }
        throw new AssertionError("the event was acknowledged");
    }

    /** How long it took. */
    static Duration await(Duration limit, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > limit.toNanos()) {
                throw new AssertionError("not within " + limit);
            }
            pause(5);
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
