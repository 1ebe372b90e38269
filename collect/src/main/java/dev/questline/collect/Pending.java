package dev.questline.collect;

import dev.questline.event.Event;
import dev.questline.event.EventType;
import dev.questline.log.EventTooLarge;
import dev.questline.log.IdMismatch;
import dev.questline.log.LogUnavailable;
import dev.questline.log.Receipt;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A request whose event is on its way into the log; settled once, by the log or by its deadline. */
final class Pending {
    private static final Logger LOG = LoggerFactory.getLogger(Pending.class);

    private final Exchange exchange;
    private final EventType type;
    private final Event event;
    private final Admission admission;
    private final long deadlineNanos;
    private boolean settled;

    Pending(Exchange exchange, EventType type, Event event, Admission admission, long deadlineNanos) {
        this.exchange = exchange;
        this.type = type;
        this.event = event;
        this.admission = admission;
        this.deadlineNanos = deadlineNanos;
    }

    Event event() {
        return event;
    }

    boolean isSettled() {
        return settled;
    }

    boolean isOverdue(long nanos) {
        return deadlineNanos - nanos < 0;
    }

    void expire() {
        settle(() -> exchange.refuse(Problem.NOT_ACKNOWLEDGED));
    }

    /** What the log said: exactly one of both is not null. */
    void complete(@Nullable Receipt receipt, @Nullable Throwable failure) {
        settle(() -> {
            if (receipt != null) {
                exchange.confirm(event, type, receipt);
            } else {
                exchange.refuse(problem(failure));
            }
        });
    }

    private void settle(Runnable answer) {
        if (settled) {
            return;
        }
        settled = true;
        try {
            answer.run();
        } finally {
            admission.leave(event.value().length);
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
}
