package dev.questline.collect;

import org.jspecify.annotations.Nullable;

/**
 * Connections in the order in which they came in. All in a queue have the same time, so the oldest runs out first and
 * none needs a timer; the links are the connections' own, so that moving one allocates nothing.
 */
final class ConnectionQueue {
    private @Nullable Place oldest;
    private @Nullable Place newest;
    private int size;

    /** Where a connection stands in one queue, or in none. */
    static final class Place {
        private final Connection connection;
        private @Nullable ConnectionQueue queue;
        private @Nullable Place older;
        private @Nullable Place newer;
        private long since;

        Place(Connection connection) {
            this.connection = connection;
        }

        Connection connection() {
            return connection;
        }

        /** When it came in, of {@link System#nanoTime}. */
        long since() {
            return since;
        }

        boolean isIn(ConnectionQueue one) {
            return queue == one;
        }

        boolean isTaken() {
            return queue != null;
        }

        void leave() {
            if (queue != null) {
                queue.remove(this);
            }
        }
    }

    @Nullable
    Place oldest() {
        return oldest;
    }

    int size() {
        return size;
    }

    /** Behind all others, wherever it stood. */
    void add(Place place, long now) {
        place.leave();
        place.queue = this;
        place.since = now;
        place.older = newest;
        if (newest == null) {
            oldest = place;
        } else {
            newest.newer = place;
        }
        newest = place;
        size++;
    }

    private void remove(Place place) {
        if (place.older == null) {
            oldest = place.newer;
        } else {
            place.older.newer = place.newer;
        }
        if (place.newer == null) {
            newest = place.older;
        } else {
            place.newer.older = place.older;
        }
        place.queue = null;
        place.older = null;
        place.newer = null;
        size--;
    }
}
