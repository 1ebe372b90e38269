package dev.questline.collect;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Expires requests that the log left waiting. All have the same time to live, so they stand in the order in which they
 * expire and need no timer each. Belongs to one event loop.
 */
final class Deadlines {
    private final Deque<Pending> waiting = new ArrayDeque<>();

    void add(Pending pending) {
        dropSettled();
        waiting.add(pending);
    }

    /** To be called several times a second. */
    void expire(long nanos) {
        dropSettled();
        while (!waiting.isEmpty() && waiting.element().isOverdue(nanos)) {
            waiting.remove().expire();
            dropSettled();
        }
    }

    /** Nothing waits any longer. */
    void expireAll() {
        for (var next = waiting.poll(); next != null; next = waiting.poll()) {
            next.expire();
        }
    }

    private void dropSettled() {
        while (!waiting.isEmpty() && waiting.element().isSettled()) {
            waiting.remove();
        }
    }
}
