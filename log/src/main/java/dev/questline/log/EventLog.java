package dev.questline.log;

import dev.questline.event.Event;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The log events are appended to. Thread-safe.
 */
public interface EventLog extends AutoCloseable {
    /**
     * Appends an event without blocking the caller.
     *
     * @return completes with the receipt once the broker has acknowledged the event, or exceptionally with a
     *     {@link LogUnavailable} within the log's deadline; then the event may or may not come to stand in the log. An
     *     event too large for the log completes with {@link EventTooLarge} and does not come to stand in it. Callbacks
     *     run on a thread of the log's and must not block.
     */
    CompletionStage<Receipt> append(Event event);

    /**
     * Whether an event appended now would be acknowledged, as far as is known: false from the first failure, or from
     * when the broker stops answering, until it answers again.
     */
    default boolean isAvailable() {
        return trouble().isEmpty();
    }

    /** Why it is not available, for those who run it; empty if it is. */
    Optional<String> trouble();

    /** Figures for those who watch it. */
    default List<Measure> measures() {
        return List.of();
    }

    /**
     * Why Kafka will not deal with this client, if that keeps the log from being available: a matter of settings, which no
     * waiting mends.
     */
    default Optional<String> refusal() {
        return Optional.empty();
    }

    /** Waits, bounded, for what is in flight, then closes. */
    @Override
    void close();
}
