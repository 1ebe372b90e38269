package dev.questline.cli.load;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import org.jspecify.annotations.Nullable;

/** One of the concurrent users: sends a request, waits for its answer, goes on. Belongs to one event loop. */
final class Client {
    private final Worker worker;
    private @Nullable NetSocket socket;
    private AnswerReader reader;
    private boolean busy;
    private long number;
    private long start;
    private long connected;
    private long written;
    private long firstByte;

    Client(Worker worker) {
        this.worker = worker;
        this.reader = worker.newReader();
    }

    void next() {
        number = worker.tickets().take();
        if (number == Tickets.NONE) {
            close();
            worker.clientDone();
            return;
        }
        busy = true;
        start = System.nanoTime();
        if (socket == null) {
            connect();
        } else {
            connected = start;
            send(socket);
        }
    }

    private void connect() {
        var attempt = number;
        worker.connect().onComplete((opened, failure) -> {
            var expired = !busy || number != attempt;
            if (failure == null && expired) {
                opened.close();
            } else if (failure == null) {
                use(opened);
            } else if (!expired) {
                connectFailed(failure);
            }
        });
    }

    private void use(NetSocket opened) {
        socket = opened;
        connected = System.nanoTime();
        opened.handler(part -> received(opened, part));
        opened.exceptionHandler(e -> opened.close());
        opened.closeHandler(done -> closed(opened));
        send(opened);
    }

    private void send(NetSocket open) {
        reader = worker.newReader();
        firstByte = 0;
        var request = worker.request(number);
        open.write(request);
        worker.sent(request.length());
        written = System.nanoTime();
    }

    private void received(NetSocket from, Buffer part) {
        if (from != socket || !busy) {
            return;
        }
        firstByte = firstByte == 0 ? System.nanoTime() : firstByte;
        worker.received(part);
        reader.add(part);
        var answer = reader.answer();
        if (reader.isHopeless()) {
            failed();
        } else if (answer != null && reader.isComplete() && (worker.keepsAlive() || answer.keepsConnection())) {
            finished(answer);
        }
    }

    private void closed(NetSocket which) {
        if (which != socket) {
            return;
        }
        socket = null;
        if (busy) {
            var answer = reader.answer();
            if (answer != null && reader.isCompleteAtEnd()) {
                finished(answer);
            } else {
                failed();
            }
        }
    }

    private void finished(Answer answer) {
        busy = false;
        var times = new Tally.Times(start, connected, written, firstByte, System.nanoTime());
        var kept = worker.keepsAlive() && answer.keepsConnection() && socket != null;
        if (!kept) {
            close();
        }
        worker.answered(number, answer, reader, times, kept);
        next();
    }

    private void failed() {
        busy = false;
        close();
        worker.receiveFailed();
        next();
    }

    private void connectFailed(Throwable cause) {
        busy = false;
        worker.connectFailed(cause, this::next);
    }

    /** Gives the request up if it has taken too long. */
    void expire(long nanos, long timeoutNanos) {
        if (busy && nanos - start > timeoutNanos) {
            busy = false;
            close();
            worker.timedOut();
            next();
        }
    }

    private void close() {
        var open = socket;
        socket = null;
        if (open != null) {
            open.close();
        }
    }
}
