package dev.questline.log;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * After an append that went unacknowledged, one at a time shows whether the log takes events again: a look at the topic
 * cannot where the brokers that are left lack the others to tell them so. Thread-safe.
 */
final class Trial {
    /** One that nobody has told the end of by then is over. */
    private static final long LIMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(ClientConfig.APPEND_MILLIS + 1_000);

    private static final long NONE = 0;

    private final AtomicLong begun = new AtomicLong(NONE);
    private volatile boolean isNeeded;

    /** Whether an append may be made now. If so it is the trial, where one is needed. */
    boolean admits() {
        if (!isNeeded) {
            return true;
        }
        long other = begun.get();
        return !isUnderWay(other) && begun.compareAndSet(other, System.nanoTime() | 1);
    }

    boolean isUnderWay() {
        return isNeeded && isUnderWay(begun.get());
    }

    private static boolean isUnderWay(long begun) {
        return begun != NONE && System.nanoTime() - begun < LIMIT_NANOS;
    }

    void acknowledged() {
        if (isNeeded) {
            isNeeded = false;
            begun.set(NONE);
        }
    }

    void unacknowledged() {
        isNeeded = true;
        begun.set(NONE);
    }

    /** An append has ended in a way that says nothing of the others. */
    void inconclusive() {
        begun.set(NONE);
    }
}
