package dev.questline.collect;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.http1.Http1ServerConnection;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One event loop's share of the HTTP server: all listeners of a collector share its port. */
final class Listener extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final int BACKLOG = 4096;
    private static final long TICK_MILLIS = 100;

    /** For those to be written that tell clients, when the time to drain is over, that it is. */
    private static final long LAST_ANSWERS_MILLIS = 250;

    private final Address address;
    private final Shared shared;
    private final Encryption encryption;
    private final HttpDate clock = new HttpDate();
    private final Deadlines deadlines = new Deadlines();
    private final Connections connections;
    private @Nullable HttpServer server;

    Listener(Address address, Shared shared, Encryption encryption) {
        this.address = address;
        this.shared = shared;
        this.encryption = encryption;
        this.connections = new Connections(
                shared.limits().connections(), Collector.eventLoops(), shared.connections(), shared.held());
    }

    @Override
    public Future<?> start() {
        var reception = new Reception(context, shared, deadlines);
        var requests = new EventRequests(reception, clock, shared.accessLog(), shared.traffic());
        vertx.setPeriodic(TICK_MILLIS, id -> tick());
        server = encryption
                .server(vertx, options())
                .connectionHandler(connection -> open((Http1ServerConnection) connection, requests))
                .requestHandler(request -> {}) // which Vert.x wants; each connection has its own
                // Its message may hold what the client has sent, secrets among it.
                .exceptionHandler(
                        e -> LOG.debug("a connection failed: {}", e.getClass().getName()));
        return server.listen(address.port(), address.ip());
    }

    /** Stops accepting, lets what is in flight be answered, or answers it itself in the end, and closes the connections. */
    @Override
    public Future<?> stop() {
        if (server == null) {
            return Future.succeededFuture();
        }
        long drain = shared.limits().drain().toMillis();
        vertx.setTimer(drain, id -> answerTheRest());
        return server.shutdown(drain + LAST_ANSWERS_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void answerTheRest() {
        deadlines.expireAll();
        connections.refuseBodies(Problem.CLOSING);
    }

    private void tick() {
        var nanos = System.nanoTime();
        clock.tick();
        deadlines.expire(nanos);
        connections.tick(nanos);
    }

    private void open(Http1ServerConnection connection, Requests requests) {
        shared.handshakes().end(connection.channel());
        Connection.open(
                connection, connections, requests, context, shared.limits().linger());
    }

    private static HttpServerOptions options() {
        return new HttpServerOptions()
                .setAcceptBacklog(BACKLOG)
                .setHttp2ClearTextEnabled(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setStrictThreadMode(true);
    }
}
