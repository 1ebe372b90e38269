package dev.questline.cli.load;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The numbers of the requests still to be sent; shared by all event loops. With a rate each has its time, before which it
 * is not given out: one line for all connections, in which requests wait when every connection is busy.
 */
final class Tickets {
    /** There will be no more. */
    static final long NONE = -1;

    /** The next one's time has not come. */
    static final long LATER = -2;

    private final AtomicLong next = new AtomicLong();
    private final AtomicReference<String> stopped = new AtomicReference<>();
    private final AtomicLong endNanos = new AtomicLong(Long.MIN_VALUE);
    private final long count;
    private final double nanosApart;
    private long startNanos;
    private volatile boolean over;

    Tickets(long count, OptionalDouble rate) {
        this.count = count;
        this.nanosApart = rate.isPresent() ? 1e9 / rate.getAsDouble() : 0;
    }

    /** To be called once, before any is taken. */
    void begin(long now) {
        startNanos = now;
    }

    /** The next number from 0, {@link #NONE} or {@link #LATER}. */
    long take(long now) {
        if (over) {
            return NONE;
        }
        if (nanosApart > 0) {
            return takeDue(now);
        }
        var number = next.getAndIncrement();
        return number < count ? number : NONE;
    }

    private long takeDue(long now) {
        for (long number = next.get(); number < count; number = next.get()) {
            if (due(number) - now > 0) {
                return LATER;
            }
            if (next.compareAndSet(number, number + 1)) {
                return number;
            }
        }
        return NONE;
    }

    /** When the request should start, whenever it does; what it takes is counted from here. */
    long intended(long number, long now) {
        return nanosApart > 0 ? due(number) : now;
    }

    /** When the next one can be had. */
    long nextDue(long now) {
        return intended(next.get(), now);
    }

    private long due(long number) {
        return startNanos + (long) (number * nanosApart);
    }

    boolean isExhausted() {
        return over || next.get() >= count;
    }

    /** The time is up. */
    void end() {
        endNanos.compareAndSet(Long.MIN_VALUE, System.nanoTime());
        over = true;
    }

    /** Goes on no longer, for a reason the user should know; the first one counts. */
    void stop(String reason) {
        stopped.compareAndSet(null, reason);
        end();
    }

    Optional<String> stopped() {
        return Optional.ofNullable(stopped.get());
    }

    boolean isStopped() {
        return stopped.get() != null;
    }

    /**
     * How well the schedule was kept; empty without one. Into {@code all} goes how long those that came too late to be
     * sent had waited: without them the slowest would be missing.
     */
    Optional<Pace> pace(Tally all) {
        if (nanosApart == 0) {
            return Optional.empty();
        }
        long taken = Math.min(next.get(), count);
        long end = endNanos.get() == Long.MIN_VALUE ? startNanos : endNanos.get();
        long due = Math.min(count, (long) ((end - startNanos) / nanosApart) + 1);
        for (long number = taken; number < due; number++) {
            all.notSent(end - due(number));
        }
        long behind = taken < due ? end - due(taken) : all.lastLagNanos;
        double sending = all.lastNumber < 0 ? 0 : due(all.lastNumber) + all.lastLagNanos - startNanos + nanosApart;
        return Optional.of(new Pace(
                1e9 / nanosApart, sending == 0 ? 0 : taken * 1e9 / sending, behind / 1e6, Math.max(0, due - taken)));
    }
}
