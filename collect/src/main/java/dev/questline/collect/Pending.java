package dev.questline.collect;

import dev.questline.event.Event;
import dev.questline.event.EventType;
import dev.questline.log.EventTooLarge;
import dev.questline.log.IdMismatch;
import dev.questline.log.LogUnavailable;
import dev.questline.log.Receipt;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A request whose event is on its way into the log; settled once, by the log or by its deadline. */
final class Pending {
    private static final Logger LOG = LoggerFactory.getLogger(Pending.class);

    private final Admission admission;
    private final long deadlineNanos;

    /** Null once it is settled: {@link Deadlines}, and a log that never answers, hold the rest for longer. */
    private @Nullable Work work;

    Pending(Exchange exchange, EventType type, Event event, Admission admission, long deadlineNanos) {
        this.work = new Work(exchange, type, event);
        this.admission = admission;
        this.deadlineNanos = deadlineNanos;
    }

    /** Null once it is settled. */
    @Nullable
    Event event() {
        return work == null ? null : work.event();
    }

    boolean isSettled() {
        return work == null;
    }

    boolean isOverdue(long nanos) {
        return deadlineNanos - nanos < 0;
    }

    void expire() {
        settle(waiting -> waiting.exchange().refuse(Problem.NOT_ACKNOWLEDGED));
    }

    /** What the log said: exactly one of both is not null. */
    void complete(@Nullable Receipt receipt, @Nullable Throwable failure) {
        settle(waiting -> {
            if (receipt != null) {
                waiting.exchange().confirm(waiting.event(), waiting.type(), receipt);
            } else {
                waiting.exchange().refuse(problem(failure));
            }
        });
    }

    private void settle(Consumer<Work> answer) {
        var waiting = work;
        if (waiting == null) {
            return;
        }
        work = null;
        try {
            answer.accept(waiting);
        } finally {
            admission.leave(waiting.event().value().length, waiting.exchange().headBytes());
        }
    }

    private static Problem problem(@Nullable Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof LogUnavailable unavailable) {
            return unavailable.isRefused() ? Problem.NOT_TAKEN : Problem.NOT_ACKNOWLEDGED;
        }
        if (cause instanceof IdMismatch) {
            return Problem.ID_MISMATCH;
        }
        if (cause instanceof EventTooLarge) {
            return Problem.EVENT_TOO_LARGE;
        }
        LOG.error("appending an event failed", cause);
        return Problem.BUG;
    }

    private record Work(Exchange exchange, EventType type, Event event) {}
}
