package dev.questline.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.questline.event.Event;
import dev.questline.event.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A log that takes an event with a client's id once: who appends it again within the window gets the first one's receipt,
 * marked as repeated, and nothing more is logged. The log itself is the memory, so this holds across a restart, of the
 * broker too, and of events that other collectors logged. Events without such an id go straight through.
 *
 * <p>An append that goes unanswered goes on when its caller has been told so, for two minutes and under one sequence
 * number, of which the broker keeps one copy whatever became of the first try; who asks again meanwhile waits for that
 * same append. If it ends without an answer even so, ids that are not known are refused until the log has been read to
 * its end of then. They are refused, too, until the first reading has reached the log's end.
 *
 * <p>The limits of the promise:
 * <ul>
 *   <li>At most {@value #LIMIT} ids are remembered, the oldest forgotten first: {@link #oldest()} then is the window.
 *   <li>An id that two collectors get within the some hundred milliseconds by which reading lags, or while one of them
 *       cannot read, may be logged twice.
 *   <li>So may one whose collector was killed, or stopped without an answer from the log, if the broker takes up that
 *       request only when the next collector has read the log to its end: half a second after it found the broker
 *       answering, or later. The same holds for an append that went unanswered for two minutes.
 *   <li>So may one that was logged before a restart if, between the two, the wall clock was set forward and then more than
 *       a hundred thousand events were logged. A clock set back, or forward without that, forgets nothing; a running
 *       collector reads anew when it was set back.
 *   <li>With the topic its ids are gone. One that is made anew is noticed within a second; until then an id of the old
 *       one still gets its receipt.
 *   <li>Ids are told apart by 128 bits of SHA-256, event types under one id by 32 bits; bodies are not compared.
 * </ul>
 */
public final class IdempotentLog implements EventLog {
    private static final int LIMIT = 1_000_000;

    private final EventLog log;
    private final String topic;
    private final IdTable table;
    private final PendingAppends pending;
    private final Doubts doubts;
    private final Runnable stopFollowing;

    /** Whoever follows the log fills the table, resolves doubts and expires what is pending. */
    IdempotentLog(
            EventLog log, String topic, IdTable table, PendingAppends pending, Doubts doubts, Runnable stopFollowing) {
        this.log = log;
        this.topic = topic;
        this.table = table;
        this.pending = pending;
        this.doubts = doubts;
        this.stopFollowing = stopFollowing;
    }

    /**
     * Opens Kafka's log and what remembers its ids, and returns at once, or where nobody answers within half a second for
     * each of the servers. With a window of zero there is no memory: it is
     * the bare log then.
     */
    public static EventLog open(Settings settings) {
        var window = settings.collector().idempotencyWindow();
        return window.isZero() ? KafkaEventLog.open(settings.kafka()) : open(settings.kafka(), window, LIMIT);
    }

    static IdempotentLog open(Settings.Kafka kafka, Duration window, int limit) {
        var log = KafkaEventLog.openPatient(kafka);
        var table = new IdTable(limit, window);
        var pending = new PendingAppends(Duration.ofMillis(ClientConfig.APPEND_MILLIS), log::appendOverdue);
        var doubts = new Doubts();
        var follower = new LogFollower(kafka, log::found, window, table, doubts, pending);
        log.onClockSetBack(follower::beginAnew);
        follower.start();
        return new IdempotentLog(log, kafka.topic(), table, pending, doubts, follower::close);
    }

    /**
     * As the log does; besides, an id that is known or under way with another event type completes with an
     * {@link IdMismatch}.
     */
    @Override
    public CompletionStage<Receipt> append(Event event) {
        return event.isClientId() ? appendOnce(event) : log.append(event);
    }

    private CompletionStage<Receipt> appendOnce(Event event) {
        var id = IdHash.of(event.id().getBytes(UTF_8));
        var known = table.find(id);
        if (known != null) {
            // Not entered: one with another type would be in the way of those who repeat it rightly.
            return repeated(event, known);
        }
        var append = pending.prepared(KnownId.typeHash(event.type()));
        var other = pending.enter(id, append);
        if (other == null) {
            begin(event, id, append);
            return append.outcome();
        }
        return other.type() == append.type() ? other.join() : CompletableFuture.failedFuture(mismatch(event));
    }

    private CompletionStage<Receipt> repeated(Event event, KnownId known) {
        return known.type() == KnownId.typeHash(event.type())
                ? CompletableFuture.completedFuture(new Receipt(topic, known.partition(), known.offset(), true))
                : CompletableFuture.failedFuture(mismatch(event));
    }

    private void begin(Event event, IdHash id, PendingAppend append) {
        // In this order: what there was doubt about is in the table by when there is none any more.
        boolean certain = doubts.isCertain();
        var known = table.find(id);
        if (known != null) {
            pending.leave(id);
            var unused = repeated(event, known).whenComplete(append::settle);
        } else if (!certain) {
            settle(
                    id,
                    append,
                    null,
                    LogUnavailable.refused(
                            "The log is being read for clients' ids; until its end is reached, new ones must wait"));
        } else if (pending.isFull()) {
            settle(id, append, null, LogUnavailable.refused("Too many events with clients' ids wait for Kafka"));
        } else {
            send(event, id, append);
        }
    }

    private void send(Event event, IdHash id, PendingAppend append) {
        try {
            var unused = log.append(event).whenComplete((receipt, failure) -> settle(id, append, receipt, failure));
        } catch (RuntimeException e) {
            settle(id, append, null, e);
        }
    }

    /** In this order: who finds it no longer pending finds it in the table, or finds doubt. */
    private void settle(IdHash id, PendingAppend append, @Nullable Receipt receipt, @Nullable Throwable failure) {
        if (receipt != null) {
            table.add(id, new KnownId(append.type(), receipt.partition(), receipt.offset()));
        } else if (mayBeLogged(failure)) {
            doubts.add();
        }
        pending.leave(id);
        append.settle(receipt, failure);
    }

    private static boolean mayBeLogged(@Nullable Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return !(cause instanceof EventTooLarge) && !(cause instanceof LogUnavailable gone && gone.isRefused());
    }

    private static IdMismatch mismatch(Event event) {
        return new IdMismatch("the id '" + event.id() + "' was given to an event of another type than " + event.type());
    }

    /** Whether ids that are not known are taken. */
    public boolean isReady() {
        return doubts.isCertain();
    }

    /** How many ids are remembered. */
    public int size() {
        return table.size();
    }

    /** For how long the oldest of them has been known here; zero if there is none. */
    public Duration oldest() {
        return table.oldest();
    }

    /** Of the log: events without a client's id need nothing else. */
    @Override
    public Optional<String> trouble() {
        return log.trouble();
    }

    @Override
    public Optional<String> refusal() {
        return log.refusal();
    }

    @Override
    public List<Measure> measures() {
        var own = List.of(
                new Measure("questline_client_ids", "Clients' ids that are remembered.", Map.of(), size()),
                new Measure(
                        "questline_client_ids_oldest_age_seconds",
                        "For how long the oldest client's id has been remembered; when full, below the window.",
                        Map.of(),
                        oldest().toSeconds()),
                new Measure(
                        "questline_client_ids_ready",
                        "1 if events with a client's id that is not known are taken, as the log was read; else 0.",
                        Map.of(),
                        isReady() ? 1 : 0));
        return Stream.concat(log.measures().stream(), own.stream()).toList();
    }

    @Override
    public void close() {
        stopFollowing.run();
        log.close();
    }
}
