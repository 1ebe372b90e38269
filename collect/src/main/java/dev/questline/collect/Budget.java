package dev.questline.collect;

import java.util.concurrent.atomic.AtomicLong;

/** Of something of which there is a bounded amount. Thread-safe. */
final class Budget {
    private final AtomicLong taken = new AtomicLong();
    private final long limit;

    Budget(long limit) {
        this.limit = limit;
    }

    /** If there is so much; then {@link #giveBack} must follow. */
    boolean take(long amount) {
        if (taken.addAndGet(amount) <= limit) {
            return true;
        }
        giveBack(amount);
        return false;
    }

    void giveBack(long amount) {
        taken.addAndGet(-amount);
    }

    long taken() {
        return taken.get();
    }
}
