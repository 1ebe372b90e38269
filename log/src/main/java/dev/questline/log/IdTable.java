package dev.questline.log;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The ids that clients gave their events, each remembered for the window from when it became known here, or until so many
 * newer ones came that there is no room. The time is that of a clock nobody sets. Thread-safe, by stripes, so that
 * neither callers nor the growing of one stripe keep others waiting.
 */
final class IdTable {
    private static final int STRIPES = 64;

    private final Stripe[] stripes;
    private final int windowSeconds;
    private final LongSupplier nanoTime;
    private final long startNanos;

    IdTable(int limit, Duration window) {
        this(limit, window, System::nanoTime);
    }

    IdTable(int limit, Duration window, LongSupplier nanoTime) {
        // Few ids would not spread evenly.
        int count = limit < STRIPES * STRIPES * STRIPES ? 1 : STRIPES;
        this.stripes = new Stripe[count];
        Arrays.setAll(stripes, i -> new Stripe(limit / count));
        this.windowSeconds = (int) Math.min(window.toSeconds(), Integer.MAX_VALUE); // 68 years
        this.nanoTime = nanoTime;
        this.startNanos = nanoTime.getAsLong();
    }

    @Nullable
    KnownId find(IdHash id) {
        return stripe(id).find(id);
    }

    /** Remembers an id; one that is known already keeps what is known of it, and its time. */
    void add(IdHash id, KnownId known) {
        stripe(id).add(id, known);
    }

    void clear() {
        for (var stripe : stripes) {
            stripe.clear();
        }
    }

    int size() {
        int size = 0;
        for (var stripe : stripes) {
            size += stripe.size();
        }
        return size;
    }

    /** For how long the oldest id has been in it; zero if there is none. */
    Duration oldest() {
        int now = now();
        int oldest = now;
        for (var stripe : stripes) {
            oldest = Math.min(oldest, stripe.oldest(now));
        }
        return Duration.ofSeconds(now - oldest);
    }

    private Stripe stripe(IdHash id) {
        return stripes[(int) id.low() & (stripes.length - 1)];
    }

    private int now() {
        return (int) TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong() - startNanos);
    }

    private final class Stripe {
        private final int limit;
        private IdRing ids;

        Stripe(int limit) {
            this.limit = limit;
            this.ids = new IdRing(limit);
        }

        synchronized @Nullable KnownId find(IdHash id) {
            expire(now());
            int place = ids.find(id);
            return place == IdRing.NONE ? null : ids.at(place);
        }

        synchronized void add(IdHash id, KnownId known) {
            int now = now();
            expire(now);
            if (ids.find(id) == IdRing.NONE) {
                ids.add(id, known, now);
            }
        }

        synchronized void clear() {
            ids = new IdRing(limit);
        }

        synchronized int size() {
            expire(now());
            return ids.size();
        }

        synchronized int oldest(int now) {
            expire(now);
            return ids.size() == 0 ? now : Math.min(now, ids.secondAt(ids.oldest()));
        }

        private void expire(int now) {
            while (ids.size() > 0 && now - ids.secondAt(ids.oldest()) > windowSeconds) {
                ids.removeOldest();
            }
        }
    }
}
