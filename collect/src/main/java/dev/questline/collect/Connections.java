package dev.questline.collect;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The connections of one event loop, and how long each may take. */
final class Connections {
    private final ConnectionQueue betweenRequests = new ConnectionQueue();
    private final ConnectionQueue sendingBodies = new ConnectionQueue();

    /** Those, of both, that have begun to send what is no request yet, or more than was answered. */
    private final ConnectionQueue holding = new ConnectionQueue();

    private final long idleNanos;
    private final long bodyNanos;
    private final int limit;
    private final AtomicInteger open;
    private final long heldLimit;
    private final AtomicLong heldByAll;
    private long held;

    /** As of the last tick, which is exact enough and costs a request nothing. */
    private long now = System.nanoTime();

    /**
     * @param eventLoops that share the connections, and what they may hold, evenly
     * @param open those of all event loops
     * @param held by those of all event loops
     */
    Connections(ConnectionLimits limits, int eventLoops, AtomicInteger open, AtomicLong held) {
        this.idleNanos = limits.idle().toNanos();
        this.bodyNanos = limits.body().toNanos();
        this.open = open;
        this.heldLimit = limits.heldBytes() / eventLoops;
        this.heldByAll = held;
        this.limit = Math.max(1, limits.count() / eventLoops);
    }

    void add(Connection connection) {
        if (betweenRequests.size() + sendingBodies.size() >= limit) {
            cut(older(betweenRequests.oldest(), sendingBodies.oldest()));
        }
        betweenRequests.add(connection.turn, now);
        open.incrementAndGet();
    }

    private static ConnectionQueue.@Nullable Place older(
            ConnectionQueue.@Nullable Place one, ConnectionQueue.@Nullable Place other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.since() - other.since() <= 0 ? one : other;
    }

    private static void cut(ConnectionQueue.@Nullable Place victim) {
        if (victim != null) {
            victim.connection().cut();
        }
    }

    void remove(Connection connection) {
        if (connection.turn.isTaken()) {
            connection.turn.leave();
            connection.holding.leave();
            weigh(connection, 0);
            open.decrementAndGet();
        }
    }

    /** Beyond what all of this event loop may hold, the one that has taken the longest over it goes. */
    void holds(Connection connection, long bytes) {
        if (!connection.turn.isTaken()) {
            return; // closed already, with something on its way
        }
        weigh(connection, bytes);
        if (bytes == 0) {
            connection.holding.leave();
        } else if (!connection.holding.isTaken()) {
            beginsToHold(connection);
        }
        for (var victim = holding.oldest(); victim != null && held > heldLimit; victim = holding.oldest()) {
            cut(victim);
        }
    }

    /** A head has its time from its first byte on. */
    private void beginsToHold(Connection connection) {
        holding.add(connection.holding, now);
        if (connection.turn.isIn(betweenRequests)) {
            betweenRequests.add(connection.turn, now);
        }
    }

    private void weigh(Connection connection, long bytes) {
        held += bytes - connection.held;
        heldByAll.addAndGet(bytes - connection.held);
        connection.held = bytes;
    }

    /** A request's head is there, or the whole of it. */
    void requestCame(Connection connection) {
        move(connection, betweenRequests);
        if (connection.holding.isTaken()) {
            holding.add(connection.holding, now);
        }
    }

    void bodyBegins(Connection connection) {
        move(connection, sendingBodies);
    }

    private void move(Connection connection, ConnectionQueue queue) {
        if (connection.turn.isTaken()) {
            queue.add(connection.turn, now);
        }
    }

    /** To be called several times a second. */
    void tick(long nanos) {
        now = nanos;
        for (var late = late(sendingBodies, bodyNanos); late != null; late = late(sendingBodies, bodyNanos)) {
            late.connection().refuseBody(Problem.BODY_TOO_SLOW);
        }
        for (var late = late(betweenRequests, idleNanos); late != null; late = late(betweenRequests, idleNanos)) {
            late.connection().cut();
        }
    }

    private ConnectionQueue.@Nullable Place late(ConnectionQueue queue, long nanos) {
        var oldest = queue.oldest();
        return oldest == null || now - oldest.since() < nanos ? null : oldest;
    }

    /** Those that owe a body are not waited for. */
    void refuseBodies(Problem problem) {
        for (var each = sendingBodies.oldest(); each != null; each = sendingBodies.oldest()) {
            each.connection().refuseBody(problem);
        }
    }
}
