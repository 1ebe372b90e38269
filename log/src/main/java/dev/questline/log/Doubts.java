package dev.questline.log;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether it is known of all events with clients' ids that were ever sent whether they stand in the log. In doubt at
 * first, and whenever an append ends without an answer; certain once the log was read to an end that was asked for after
 * the last doubt. Thread-safe.
 */
final class Doubts {
    private static final long NEVER = -1;

    private final AtomicLong latest = new AtomicLong();
    private volatile long resolved = NEVER;

    void add() {
        latest.incrementAndGet();
    }

    boolean isCertain() {
        return resolved == latest.get();
    }

    /** To be asked before looking for the log's end. */
    long latest() {
        return latest.get();
    }

    /** The log was read to its end; what came after {@code doubt} stays in doubt. */
    void resolve(long doubt) {
        resolved = doubt;
    }
}
