package dev.questline.collect;

import java.util.concurrent.atomic.AtomicInteger;

/** Which requests may wait for the log: a bounded number, and none once the collector closes. Thread-safe. */
final class Admission {
    private final AtomicInteger inFlight = new AtomicInteger();
    private final int limit;
    private volatile boolean closing;

    Admission(int limit) {
        this.limit = limit;
    }

    /** Whether one more may; then {@link #leave()} must follow. */
    boolean enter() {
        if (inFlight.incrementAndGet() <= limit) {
            return true;
        }
        inFlight.decrementAndGet();
        return false;
    }

    void leave() {
        inFlight.decrementAndGet();
    }

    int inFlight() {
        return inFlight.get();
    }

    void close() {
        closing = true;
    }

    boolean isClosing() {
        return closing;
    }
}
