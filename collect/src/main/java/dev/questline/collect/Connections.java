package dev.questline.collect;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The connections of one event loop, and how long each may take. */
final class Connections {
    private final ConnectionQueue betweenRequests = new ConnectionQueue();
    private final ConnectionQueue sendingBodies = new ConnectionQueue();

    /** In the order in which they began to send a head, or more than was answered, and have not come to the end of it. */
    private final ConnectionQueue holding = new ConnectionQueue();

    private final long idleNanos;
    private final long bodyNanos;
    private final int limit;
    private final AtomicInteger open;
    private final long heldLimit;
    private final AtomicLong held;

    /** As of the last tick, which is exact enough and costs a request nothing. */
    private long now = System.nanoTime();

    /**
     * @param eventLoops that share the connections evenly
     * @param open those of all event loops
     * @param held by those of all event loops
     */
    Connections(ConnectionLimits limits, int eventLoops, AtomicInteger open, AtomicLong held) {
        this.idleNanos = limits.idle().toNanos();
        this.bodyNanos = limits.body().toNanos();
        this.open = open;
        this.heldLimit = limits.heldBytes();
        this.held = held;
        this.limit = Math.max(1, limits.count() / eventLoops);
    }

    void add(Connection connection) {
        if (betweenRequests.size() + holding.size() + sendingBodies.size() >= limit) {
            evict();
        }
        betweenRequests.add(connection, now);
        open.incrementAndGet();
    }

    private void evict() {
        cut(older(older(betweenRequests.oldest(), holding.oldest()), sendingBodies.oldest()));
    }

    private static @Nullable Connection older(@Nullable Connection one, @Nullable Connection other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.since - other.since <= 0 ? one : other;
    }

    private static void cut(@Nullable Connection victim) {
        if (victim != null) {
            victim.cut();
        }
    }

    void remove(Connection connection) {
        if (connection.queue != null) {
            connection.queue.remove(connection);
            open.decrementAndGet();
            weigh(connection, 0);
        }
    }

    /** Beyond what all may hold, the one that has taken the longest over it goes. */
    void holds(Connection connection, long bytes) {
        if (connection.queue == null) {
            return;
        }
        weigh(connection, bytes);
        if (connection.queue == betweenRequests && bytes > 0) {
            move(connection, holding);
        } else if (connection.queue == holding && bytes == 0) {
            move(connection, betweenRequests);
        }
        while (connection.held > 0 && held.get() > heldLimit) {
            cut(holding.oldest() == null ? connection : holding.oldest());
        }
    }

    private void weigh(Connection connection, long bytes) {
        held.addAndGet(bytes - connection.held);
        connection.held = bytes;
    }

    /** A request's head is there, or the whole of it. */
    void requestCame(Connection connection) {
        move(connection, connection.held > 0 ? holding : betweenRequests);
    }

    void bodyBegins(Connection connection) {
        move(connection, sendingBodies);
    }

    /** One that is closed already may still have had something on its way. */
    private void move(Connection connection, ConnectionQueue queue) {
        if (connection.queue != null) {
            connection.queue.remove(connection);
            queue.add(connection, now);
        }
    }

    /** To be called several times a second. */
    void tick(long nanos) {
        now = nanos;
        for (var late = late(sendingBodies, bodyNanos); late != null; late = late(sendingBodies, bodyNanos)) {
            late.refuseBody(Problem.BODY_TOO_SLOW);
        }
        for (var late = late(betweenRequests, idleNanos); late != null; late = late(betweenRequests, idleNanos)) {
            late.cut();
        }
        for (var late = late(holding, idleNanos); late != null; late = late(holding, idleNanos)) {
            late.cut();
        }
    }

    private @Nullable Connection late(ConnectionQueue queue, long nanos) {
        var oldest = queue.oldest();
        return oldest == null || now - oldest.since < nanos ? null : oldest;
    }
}
