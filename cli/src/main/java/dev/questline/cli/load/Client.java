package dev.questline.cli.load;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One of the concurrent users: sends a request, waits for its answer, is free for the next. Belongs to one event loop. */
final class Client {
    private enum State {
        FREE,
        OPENING,
        CONNECTING,
        ASKING,
        PAUSING
    }

    /** Before the next try to connect, so that a server that is away for a while doesn't use up all requests. */
    private static final long RECONNECT_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final int UNWRITABLE = -1;

    private final EventLoop loop;
    private final AnswerReader answer;
    private final Retries retries;
    private State state = State.FREE;
    private @Nullable SocketChannel channel;
    private @Nullable SelectionKey key;
    private long number;
    private long intended;
    private long attemptStart;
    private long connected;
    private long written;
    private long firstByte;
    private long resumeAt;
    private int unwritten;
    private boolean wasSent;
    private boolean isRetrying;

    Client(EventLoop loop, AnswerReader answer, Retries retries) {
        this.loop = loop;
        this.answer = answer;
        this.retries = retries;
    }

    /** Connects before there is a request. If that fails, the first request tries again. */
    void open() {
        connect(State.OPENING, System.nanoTime());
    }

    boolean isOpening() {
        return state == State.OPENING;
    }

    /** No longer waits to be connected. */
    void giveUpOpening() {
        if (isOpening()) {
            close();
            state = State.FREE;
        }
    }

    /** Takes on a request that should have started at {@code intendedStart}. */
    void begin(long itsNumber, long intendedStart, long now) {
        number = itsNumber;
        intended = intendedStart;
        wasSent = false;
        retries.clear();
        attempt(now);
    }

    private void attempt(long now) {
        attemptStart = now;
        firstByte = 0;
        answer.clear();
        if (channel == null) {
            connect(State.CONNECTING, now);
        } else {
            send(channel, now);
        }
    }

    private void connect(State why, long now) {
        state = why;
        try {
            var opened = SocketChannel.open();
            channel = opened;
            opened.configureBlocking(false);
            opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
            var isConnected = opened.connect(loop.address());
            key = loop.register(opened, isConnected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
            if (isConnected) {
                connected(opened, now);
            }
        } catch (IOException e) {
            connectFailed(e, now);
        }
    }

    /** Its connection can go on with something. */
    void ready(SelectionKey which) {
        var open = channel;
        if (which != key || open == null) {
            return;
        }
        if (state == State.CONNECTING || isOpening()) {
            finishConnecting(open, which);
        } else {
            if (which.isWritable()) {
                write(open, which);
            }
            if (which.isValid() && which.isReadable()) {
                read(open);
            }
        }
    }

    private void finishConnecting(SocketChannel open, SelectionKey its) {
        try {
            open.finishConnect();
            its.interestOps(SelectionKey.OP_READ);
            connected(open, System.nanoTime());
        } catch (IOException e) {
            connectFailed(e, System.nanoTime());
        }
    }

    private void connected(SocketChannel open, long now) {
        if (isOpening()) {
            state = State.FREE;
        } else {
            send(open, now);
        }
    }

    private void send(SocketChannel open, long now) {
        state = State.ASKING;
        connected = now;
        if (!wasSent) {
            wasSent = true;
            loop.tally().sent++;
        }
        unwritten = loop.requestLength(number);
        write(open, key);
        written = System.nanoTime();
    }

    private void write(SocketChannel open, @Nullable SelectionKey its) {
        if (unwritten <= 0 || its == null) {
            return;
        }
        try {
            var count = loop.write(open, number, unwritten);
            unwritten -= count;
            if (unwritten > 0) {
                its.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
            } else if (its.interestOps() != SelectionKey.OP_READ) {
                its.interestOps(SelectionKey.OP_READ);
            }
        } catch (IOException e) {
            unwritten = UNWRITABLE;
            its.interestOps(SelectionKey.OP_READ); // The server may have answered before it closed.
        }
    }

    private void read(SocketChannel open) {
        int count;
        var isReset = false;
        try {
            count = loop.read(open);
        } catch (IOException e) {
            count = -1;
            isReset = true;
        }
        var now = System.nanoTime();
        if (state != State.ASKING) {
            close(); // Nothing was asked for: it is the connection's end, or cannot be trusted.
        } else if (count < 0) {
            ended(isReset ? answer.isComplete() : answer.isCompleteAtEnd(), now);
        } else {
            received(count, now);
        }
    }

    private void received(int count, long now) {
        firstByte = firstByte == 0 ? now : firstByte;
        answer.add(loop.received(count), 0, count);
        if (answer.isBroken()) {
            broken(now);
        } else if (answer.isComplete() && (loop.keepsAlive() || answer.head().keepsConnection())) {
            answered(now);
        }
    }

    private void ended(boolean isComplete, long now) {
        close();
        if (isComplete) {
            answered(now);
        } else {
            broken(now);
        }
    }

    private void answered(long now) {
        var isKept = channel != null
                && loop.keepsAlive()
                && answer.head().keepsConnection()
                && !answer.hasSurplus()
                && unwritten == 0;
        if (!isKept) {
            close();
        }
        if (answer.head().asksToComeBack() && retry(answer.head().retryAfterSeconds(), now)) {
            loop.tally().answeredInVain(answer);
            return;
        }
        loop.tally().took(connected - attemptStart, firstByte - written, now - connected, now - intended);
        loop.answered(number, answer, isKept, now);
        free();
    }

    private void broken(long now) {
        close();
        if (!retry(AnswerHead.UNKNOWN, now)) {
            loop.tally().receiveErrors++;
            free();
        }
    }

    private void connectFailed(IOException cause, long now) {
        if (isOpening()) {
            giveUpOpening();
            return;
        }
        close();
        if (!retry(AnswerHead.UNKNOWN, now)) {
            loop.connectFailed(cause, now);
            pause(now + RECONNECT_NANOS, false);
        }
    }

    private boolean retry(long afterSeconds, long now) {
        if (loop.isStopped() || !retries.isLeft()) {
            return false;
        }
        loop.tally().retried++;
        pause(now + retries.next(afterSeconds), true);
        return true;
    }

    private void pause(long until, boolean thenRetries) {
        state = State.PAUSING;
        resumeAt = until;
        isRetrying = thenRetries;
    }

    /** To be called every few milliseconds: goes on after a pause, gives up what has taken too long. */
    void tick(long now, long timeoutNanos) {
        switch (state) {
            case PAUSING -> resume(now);
            case CONNECTING, ASKING -> {
                if (now - attemptStart > timeoutNanos) {
                    timedOut(now);
                }
            }
            case FREE, OPENING -> {}
        }
    }

    private void resume(long now) {
        if (now - resumeAt < 0) {
            return;
        }
        if (isRetrying && !loop.isStopped()) {
            attempt(now);
        } else {
            loop.tally().receiveErrors += isRetrying ? 1 : 0;
            free();
        }
    }

    private void timedOut(long now) {
        close();
        if (!retry(AnswerHead.UNKNOWN, now)) {
            loop.timedOut();
            free();
        }
    }

    private void free() {
        state = State.FREE;
        loop.free(this);
    }

    void close() {
        var open = channel;
        channel = null;
        key = null;
        unwritten = 0;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // It is given up anyway.
            }
        }
    }
}
