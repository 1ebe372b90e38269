package dev.questline.cli.load;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** The numbers of the requests still to be sent; shared by all event loops. */
final class Tickets {
    static final long NONE = -1;

    private final AtomicLong next = new AtomicLong();
    private final AtomicReference<String> stopped = new AtomicReference<>();
    private final long count;
    private volatile boolean over;

    Tickets(long count) {
        this.count = count;
    }

    /** The next number from 0, or {@link #NONE}. */
    long take() {
        if (over) {
            return NONE;
        }
        var number = next.getAndIncrement();
        return number < count ? number : NONE;
    }

    /** The time is up. */
    void end() {
        over = true;
    }

    /** Goes on no longer, for a reason the user should know; the first one counts. */
    void stop(String reason) {
        stopped.compareAndSet(null, reason);
        over = true;
    }

    Optional<String> stopped() {
        return Optional.ofNullable(stopped.get());
    }
}
