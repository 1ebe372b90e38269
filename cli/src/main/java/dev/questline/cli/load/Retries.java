package dev.questline.cli.load;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How often a request may be sent again, and when. */
final class Retries {
    private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final int most;
    private final long longestAskedNanos;
    private int made;

    /** Never waits longer than {@code longest}, whatever a server asks for. */
    Retries(int most, Duration longest) {
        this.most = most;
        this.longestAskedNanos = longest.toNanos();
    }

    /** Begins anew, for another request. */
    void clear() {
        made = 0;
    }

    boolean isLeft() {
        return made < most;
    }

    /** Counts one and returns how long to wait before it: as the server asks, or twice as long each time. */
    long next(long afterSeconds) {
        var backoff = Math.min(LONGEST_NANOS, SHORTEST_NANOS << Math.min(made, 10));
        made++;
        return afterSeconds == AnswerHead.UNKNOWN
                ? backoff
                : Math.min(longestAskedNanos, TimeUnit.SECONDS.toNanos(afterSeconds));
    }
}
