package dev.questline.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.questline.cli.fault.Connection.Answer;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Clients that send one event after the other, each on a connection of its own, and note what they are told. */
final class Clients implements AutoCloseable {
    private static final String PATH = "/purchase_a_sword";
    private static final int REFUSED_PAUSE_MILLIS = 20;

    private final List<Integer> ports;
    private final boolean ownIds;
    private final List<Thread> threads = new ArrayList<>();
    private final Map<String, Acknowledged> acknowledged = new ConcurrentHashMap<>();
    private final Queue<Refused> refused = new ConcurrentLinkedQueue<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final Map<String, Queue<String>> troubles = new ConcurrentHashMap<>();
    private final AtomicLong count = new AtomicLong();
    private volatile long lastSent;
    private volatile boolean stopping;
    private volatile boolean givingUp;

    private Clients(List<Integer> ports, boolean ownIds) {
        this.ports = ports;
        this.ownIds = ownIds;
    }

    /** Clients that send each event once, whatever comes of it. */
    static Clients sendingOnce(int clients, int port) {
        return new Clients(List.of(port), false).start(clients);
    }

    /**
     * Clients that give each event an id and send it until it is acknowledged. One that is refused or cut off by a
     * collector goes on with the next.
     */
    static Clients retrying(int clients, Integer... ports) {
        return new Clients(List.of(ports), true).start(clients);
    }

    private Clients start(int clients) {
        for (int i = 0; i < clients; i++) {
            var name = "c" + Long.toHexString(System.nanoTime()) + "-" + i;
            var thread = new Thread(() -> send(name), "client-" + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        return this;
    }

    /** Where an acknowledged event stands, as the answer said, and when that came. */
    record Acknowledged(int partition, long offset, long sent, long answered) {}

    /** Another answer than 200. */
    record Refused(int status, long sent, long answered) {
        Duration time() {
            return Duration.ofNanos(answered - sent);
        }
    }

    private void send(String name) {
        Connection connection = null;
        int trouble = 0;
        for (long i = 0; !stopping; i++) {
            var id = ownIds ? Optional.of(name + "-" + i) : Optional.<String>empty();
            boolean settled = false;
            do {
                long sent = System.nanoTime();
                try {
                    connection = connection == null ? new Connection(ports.get(trouble % ports.size())) : connection;
                    var answer = connection.ask(PATH, id);
                    settled = note(answer, id, sent);
                    if (!settled) {
                        noteTrouble(id, connection, sent, String.valueOf(answer.status()));
                        if (ports.size() > 1) {
                            connection = closed(connection);
                            trouble++;
                        }
                    }
                } catch (SocketTimeoutException e) {
                    wrong.add("no answer: " + e.getMessage());
                    connection = closed(connection);
                } catch (IOException e) {
                    noteTrouble(id, connection, sent, e.toString());
                    connection = closed(connection); // the collector is gone
                    trouble++;
                    pause();
                }
            } while (ownIds && !settled && !(stopping && givingUp));
        }
        closed(connection);
    }

    private boolean note(Answer answer, Optional<String> id, long sent) {
        long now = System.nanoTime();
        if (answer.status() == 200) {
            var before = acknowledged.put(
                    answer.header("Questline-Event-Id").orElseThrow(),
                    new Acknowledged(
                            Integer.parseInt(
                                    answer.header("Questline-Partition").orElseThrow()),
                            Long.parseLong(answer.header("Questline-Offset").orElseThrow()),
                            sent,
                            now));
            if (before != null
                    || id.isPresent() && !answer.header("Questline-Event-Id").equals(id)) {
                wrong.add("the id " + answer.header("Questline-Event-Id") + " for the event " + id);
            }
            count.incrementAndGet();
            lastSent = sent;
            return true;
        }
        refused.add(new Refused(answer.status(), sent, now));
        if (!isProper(answer)) {
            wrong.add(answer.toString());
        }
        pause();
        return false;
    }

    private void noteTrouble(Optional<String> id, Connection connection, long sent, String what) {
        var where = connection == null ? "no connection" : connection.toString();
        var millis = (System.nanoTime() - sent) / 1_000_000;
        id.ifPresent(it -> troubles.computeIfAbsent(it, first -> new ConcurrentLinkedQueue<>())
                .add(where + ", after " + millis + " ms: " + what));
    }

    /** What a client met before an event of its own id was acknowledged. */
    Collection<String> troubles(String id) {
        return troubles.getOrDefault(id, new ConcurrentLinkedQueue<>());
    }

    private static boolean isProper(Answer answer) {
        return (answer.status() == 503 || answer.status() == 429)
                && answer.header("Retry-After").isPresent()
                && answer.header("Content-Type").equals(Optional.of("application/problem+json"));
    }

    private static Connection closed(Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (IOException e) {
            // as good as closed
        }
        return null;
    }

    private static void pause() {
        Wait.pause(Duration.ofMillis(REFUSED_PAUSE_MILLIS));
    }

    long count() {
        return count.get();
    }

    Map<String, Acknowledged> acknowledged() {
        return acknowledged;
    }

    /** Waits until so many more have been acknowledged than now. */
    void awaitMore(int events) {
        long wanted = count() + events;
        Wait.until("so many acknowledged", Duration.ofSeconds(60), () -> count() >= wanted);
    }

    /** Waits until the load is there, and then for a random moment in it. */
    void awaitRandomMoment() {
        awaitMore(300);
        Wait.pause(Duration.ofMillis(ThreadLocalRandom.current().nextInt(700)));
    }

    /** Waits for an event that was sent after {@code nanos} to be acknowledged; when the first was. */
    long awaitAcknowledgedAfter(long nanos) {
        Wait.until("an event acknowledged", Duration.ofSeconds(60), () -> lastSent > nanos);
        return acknowledged.values().stream()
                .filter(event -> event.sent() > nanos)
                .mapToLong(Acknowledged::answered)
                .min()
                .orElseThrow();
    }

    /** Waits until a refusal of a request that was sent after {@code nanos}. */
    void awaitRefusalAfter(long nanos) {
        Wait.until("a refusal", Duration.ofSeconds(60), () -> refused.stream().anyMatch(each -> each.sent() > nanos));
    }

    Collection<Refused> refused() {
        return refused;
    }

    /** The answers other than 200 to what was sent between. */
    List<Refused> refusedBetween(long from, long to) {
        return refused.stream()
                .filter(each -> each.sent() >= from && each.sent() <= to)
                .toList();
    }

    /** Lets each send what it has begun, and ends. */
    void finish() {
        stopping = true;
        long limit = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        for (var thread : threads) {
            try {
                thread.join(Math.max(1, (limit - System.nanoTime()) / 1_000_000));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        assertThat(threads).as("clients that have ended").noneMatch(Thread::isAlive);
        assertThat(wrong).as("answers that no client should get").isEmpty();
    }

    @Override
    public void close() {
        givingUp = true;
        stopping = true;
    }
}
