package dev.questline.cli.load;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One event loop's clients and what came of them. */
final class Worker extends VerticleBase {
    private static final long TICK_MILLIS = 50;

    /** Before the next try to connect, so that a server that is away for a while doesn't use up all requests. */
    private static final long RECONNECT_MILLIS = 10;

    private final Run run;
    private final int clientCount;
    private final Tally tally = new Tally();
    private final List<Client> clients = new ArrayList<>();
    private final Promise<Tally> done = Promise.promise();
    private @Nullable NetClient netClient;
    private int clientsDone;

    Worker(Run run, int clientCount) {
        this.run = run;
        this.clientCount = clientCount;
    }

    @Override
    public Future<?> start() {
        netClient = vertx.createNetClient(new NetClientOptions()
                .setConnectTimeout(Math.toIntExact(run.plan.timeout().toMillis())));
        for (int i = 0; i < clientCount; i++) {
            clients.add(new Client(this));
        }
        var timeoutNanos = run.plan.timeout().toNanos();
        vertx.setPeriodic(TICK_MILLIS, id -> clients.forEach(client -> client.expire(System.nanoTime(), timeoutNanos)));
        context.runOnContext(started -> clients.forEach(Client::next));
        return Future.succeededFuture();
    }

    /** Completes when all its clients have ended. */
    Future<Tally> done() {
        return done.future();
    }

    Tickets tickets() {
        return run.tickets;
    }

    boolean keepsAlive() {
        return run.plan.keepAlive();
    }

    AnswerReader newReader() {
        return new AnswerReader(run.plan.method());
    }

    Buffer request(long number) {
        return run.requests.request(number);
    }

    Future<NetSocket> connect() {
        return netClient == null ? Future.failedFuture("not started") : netClient.connect(run.plan.port(), run.ip);
    }

    void sent(int bytes) {
        tally.sent++;
        tally.bytesSent += bytes;
    }

    void received(Buffer part) {
        run.answers.received(part);
    }

    void answered(long number, Answer answer, AnswerReader reader, Tally.Times times, boolean kept) {
        tally.answered(number, answer, reader, times);
        if (!run.hasDocumentLength(reader.bodyBytes())) {
            tally.lengthErrors++;
        }
        if (kept) {
            tally.keptAlive++;
        }
        run.progress.finishedOne();
    }

    void receiveFailed() {
        tally.receiveErrors++;
        run.progress.finishedOne();
    }

    void timedOut() {
        tally.timeouts++;
        run.tickets.stop("a request took longer than " + run.plan.timeout().toMillis() / 1000.0 + " s");
        run.progress.finishedOne();
    }

    void connectFailed(Throwable cause, Runnable next) {
        tally.connectErrors++;
        run.connectFailed(cause);
        run.progress.finishedOne();
        vertx.setTimer(RECONNECT_MILLIS, id -> next.run());
    }

    void clientDone() {
        clientsDone++;
        if (clientsDone == clientCount) {
            done.complete(tally);
        }
    }
}
