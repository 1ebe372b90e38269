package dev.questline.cli.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * One thread's clients and what comes of them. They share what they read into and write from, so that a request in the
 * middle of a run makes nothing for the garbage collector.
 */
final class EventLoop implements Callable<Tally> {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final long MILLI_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long TICK_NANOS = 10 * MILLI_NANOS;

    /** A selector waits for whole milliseconds. Within the last one before a request is due, answers wait so long. */
    private static final long NAP_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    private final Run run;
    private final Selector selector;
    private final Tally tally = new Tally();
    private final RequestBuffer requests;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final byte[] bytes = new byte[BUFFER_BYTES];
    private final List<Client> clients = new ArrayList<>();
    private final ArrayDeque<Client> free;
    private final AtomicLong finished = new AtomicLong();
    private final Consumer<SelectionKey> ready = this::ready;
    private final long timeoutNanos;
    private boolean hasBegun;
    private long nextTick;
    private long lastAnswer;

    EventLoop(Run run, int clientCount) throws IOException {
        this.run = run;
        this.selector = Selector.open();
        this.requests = run.requests.buffer();
        this.timeoutNanos = run.plan.timeout().toNanos();
        for (int i = 0; i < clientCount; i++) {
            var retries = new Retries(run.plan.retries(), run.plan.timeout());
            clients.add(new Client(this, new AnswerReader(run.plan.method()), retries));
        }
        free = new ArrayDeque<>(clients);
    }

    /** Before the first request; whoever is not connected within the time connects for its first one. */
    void openConnections(Duration limit) throws IOException {
        var end = System.nanoTime() + limit.toNanos();
        clients.forEach(Client::open);
        while (clients.stream().anyMatch(Client::isOpening) && System.nanoTime() < end && !run.isBrokenOff()) {
            selector.select(ready, TICK_NANOS / MILLI_NANOS);
        }
        clients.forEach(Client::giveUpOpening);
    }

    /** Ends when all the requests have; at once when the run is broken off. */
    @Override
    public Tally call() throws IOException {
        try (selector) {
            hasBegun = true;
            lastAnswer = System.nanoTime();
            nextTick = lastAnswer;
            while (!isDone()) {
                var now = System.nanoTime();
                startDue(now);
                tick(now);
                select(now);
            }
            clients.forEach(Client::close);
            return tally;
        } catch (IOException | RuntimeException | Error e) {
            run.breakOff("a bug"); // The other loops shall end too.
            throw e;
        }
    }

    private boolean isDone() {
        return run.isBrokenOff() || (run.tickets.isExhausted() && free.size() == clients.size());
    }

    private void startDue(long now) {
        while (!free.isEmpty()) {
            var number = run.tickets.take(now);
            if (number < 0) {
                return;
            }
            var intended = run.tickets.intended(number, now);
            tally.started(number, now - intended);
            free.removeFirst().begin(number, intended, now);
        }
    }

    private void tick(long now) {
        if (now - nextTick >= 0) {
            nextTick = now + TICK_NANOS;
            clients.forEach(client -> client.tick(now, timeoutNanos));
        }
    }

    private void select(long now) throws IOException {
        var isWaited = !free.isEmpty() && !run.tickets.isExhausted();
        var wait = isWaited ? Math.min(TICK_NANOS, run.tickets.nextDue(now) - now) : TICK_NANOS;
        if (wait >= MILLI_NANOS) {
            selector.select(ready, wait / MILLI_NANOS);
        } else {
            LockSupport.parkNanos(Math.min(wait, NAP_NANOS));
            selector.selectNow(ready);
        }
    }

    private void ready(SelectionKey key) {
        if (key.isValid()) {
            ((Client) key.attachment()).ready(key);
            if (hasBegun && !free.isEmpty()) {
                startDue(System.nanoTime());
            }
        }
    }

    /** Of the requests given to it; from any thread. */
    long finished() {
        return finished.get();
    }

    InetSocketAddress address() {
        return run.address;
    }

    boolean keepsAlive() {
        return run.plan.keepAlive();
    }

    /** Nothing is to be tried again. */
    boolean isStopped() {
        return run.tickets.isStopped();
    }

    Tally tally() {
        return tally;
    }

    SelectionKey register(SocketChannel channel, int interest, Client client) throws IOException {
        return channel.register(selector, interest, client);
    }

    int requestLength(long number) {
        return requests.request(number).remaining();
    }

    /** Writes of a request's last bytes what the connection takes, and returns how many those were. */
    int write(SocketChannel to, long number, int unwritten) throws IOException {
        var request = requests.request(number);
        var count = to.write(request.position(request.limit() - unwritten));
        tally.bytesSent += count;
        return count;
    }

    int read(SocketChannel from) throws IOException {
        return from.read(buffer.clear());
    }

    /** What was read last, in an array that the next reading overwrites. */
    byte[] received(int count) {
        buffer.flip().get(bytes, 0, count);
        run.answers.received(bytes, count);
        return bytes;
    }

    void answered(long number, AnswerReader answer, boolean isKept, long now) {
        lastAnswer = now;
        tally.answered(number, answer);
        if (!run.documentLength.isOf(answer.head().is2xx(), answer.bodyBytes())) {
            tally.lengthErrors++;
        }
        if (isKept) {
            tally.keptAlive++;
        }
    }

    void timedOut() {
        tally.timeouts++;
        run.tickets.stop("a request took longer than " + timeoutNanos / 1e9 + " s");
    }

    void connectFailed(IOException cause, long now) {
        tally.connectErrors++;
        run.connectFailed(cause, now - lastAnswer);
    }

    /** The client can take on another request. */
    void free(Client client) {
        finished.lazySet(finished.get() + 1);
        free.addLast(client);
    }
}
