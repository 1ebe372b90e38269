package dev.questline.collect;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The connections of one event loop, and how long each may take. */
final class Connections {
    private final ConnectionQueue betweenRequests = new ConnectionQueue();
    private final ConnectionQueue sendingBodies = new ConnectionQueue();
    private final long idleNanos;
    private final long bodyNanos;
    private final int limit;
    private final AtomicInteger open;

    /** As of the last tick, which is exact enough and costs a request nothing. */
    private long now = System.nanoTime();

    /**
     * @param eventLoops that share the connections evenly
     * @param open those of all event loops
     */
    Connections(ConnectionLimits limits, int eventLoops, AtomicInteger open) {
        this.idleNanos = limits.idle().toNanos();
        this.bodyNanos = limits.body().toNanos();
        this.open = open;
        this.limit = Math.max(1, limits.count() / eventLoops);
    }

    void add(Connection connection) {
        if (betweenRequests.size() + sendingBodies.size() >= limit) {
            evict();
        }
        betweenRequests.add(connection, now);
        open.incrementAndGet();
    }

    private void evict() {
        var victim = betweenRequests.oldest() == null ? sendingBodies.oldest() : betweenRequests.oldest();
        if (victim != null) {
            victim.cut();
        }
    }

    void remove(Connection connection) {
        if (connection.queue != null) {
            connection.queue.remove(connection);
            open.decrementAndGet();
        }
    }

    /** A request's head is there, or the whole of it. */
    void requestCame(Connection connection) {
        move(connection, betweenRequests);
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
    }

    private @Nullable Connection late(ConnectionQueue queue, long nanos) {
        var oldest = queue.oldest();
        return oldest == null || now - oldest.since < nanos ? null : oldest;
    }
}
