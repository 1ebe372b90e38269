package dev.questline.collect;

import org.jspecify.annotations.Nullable;

/**
 * Connections in the order in which they came in. All in a queue have the same time, so the oldest runs out first and
 * none needs a timer; the links are the connections' own, so that moving one allocates nothing.
 */
final class ConnectionQueue {
    private @Nullable Connection oldest;
    private @Nullable Connection newest;
    private int size;

    @Nullable
    Connection oldest() {
        return oldest;
    }

    int size() {
        return size;
    }

    /** One that is in no queue. */
    void add(Connection connection, long now) {
        connection.queue = this;
        connection.since = now;
        connection.older = newest;
        if (newest == null) {
            oldest = connection;
        } else {
            newest.newer = connection;
        }
        newest = connection;
        size++;
    }

    /** One of this queue. */
    void remove(Connection connection) {
        if (connection.older == null) {
            oldest = connection.newer;
        } else {
            connection.older.newer = connection.newer;
        }
        if (connection.newer == null) {
            newest = connection.older;
        } else {
            connection.newer.older = connection.older;
        }
        connection.queue = null;
        connection.older = null;
        connection.newer = null;
        size--;
    }
}
