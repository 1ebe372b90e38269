package dev.questline.collect;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Which requests may wait for the log: a bounded number, with a bounded number of bytes in all, and none once the
 * collector closes. Thread-safe.
 */
final class Admission {
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicLong bytesInFlight = new AtomicLong();
    private final Limits limits;
    private final AtomicBoolean closing = new AtomicBoolean();

    Admission(Limits limits) {
        this.limits = limits;
    }

    /** Whether one more may, with an event of so many bytes; then {@link #leave} must follow. */
    boolean enter(int bytes) {
        int requests = inFlight.incrementAndGet();
        long sum = bytesInFlight.addAndGet(bytes);
        if (requests <= limits.inFlight() && sum <= limits.bytesInFlight()) {
            return true;
        }
        leave(bytes);
        return false;
    }

    void leave(int bytes) {
        inFlight.decrementAndGet();
        bytesInFlight.addAndGet(-bytes);
    }

    int inFlight() {
        return inFlight.get();
    }

    /** From now on none; false if that was so before. */
    boolean close() {
        return closing.compareAndSet(false, true);
    }

    boolean isClosing() {
        return closing.get();
    }
}
