package dev.questline.log;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The appends under way of events with a client's id, one an id. Thread-safe. */
final class PendingAppends {
    /** Beyond the requests that may wait at once: those that were told it takes too long are in it still. */
    private static final int LIMIT = 50_000;

    private final ConcurrentHashMap<IdHash, PendingAppend> byId = new ConcurrentHashMap<>();
    private final Duration deadline;
    private final Consumer<LogUnavailable> onOverdue;

    /**
     * @param deadline for those who wait
     * @param onOverdue told of each append that takes longer
     */
    PendingAppends(Duration deadline, Consumer<LogUnavailable> onOverdue) {
        this.deadline = deadline;
        this.onOverdue = onOverdue;
    }

    PendingAppend prepared(int type) {
        return new PendingAppend(type, deadline.toNanos());
    }

    /** Enters an append, unless one with its id is under way: then returns that. */
    @Nullable
    PendingAppend enter(IdHash id, PendingAppend append) {
        return byId.putIfAbsent(id, append);
    }

    void leave(IdHash id) {
        byId.remove(id);
    }

    boolean isFull() {
        return byId.mappingCount() > LIMIT;
    }

    /** To be called several times a second. */
    void expire(long nanos) {
        for (var append : byId.values()) {
            if (append.isOverdue(nanos)) {
                tell(append);
            }
        }
    }

    private void tell(PendingAppend append) {
        var overdue = new LogUnavailable("Kafka did not acknowledge the event within " + deadline.toMillis() + " ms");
        if (append.expire(overdue)) {
            onOverdue.accept(overdue);
        }
    }
}
