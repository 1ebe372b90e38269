package dev.questline.collect;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.http1.Http1ServerConnection;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What those ask who run the collector, on a port and an event loop of their own: {@code /healthz}, {@code /readyz} and
 * {@code /metrics} in Prometheus' text formats. Its connections are bounded as those of {@link Listener}, by less.
 */
final class Management extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(Management.class);
    private static final long TICK_MILLIS = 100;

    private final Address address;
    private final Limits limits;
    private final Handshakes handshakes;
    private final Connections connections;
    private final Requests requests;
    private volatile int port;

    Management(Address address, Shared shared) {
        this.address = address;
        this.limits = shared.limits();
        this.handshakes = shared.handshakes();
        this.connections = new Connections(limits.management(), 1, new AtomicInteger(), new AtomicLong());
        this.requests = new ManagementRequests(shared);
    }

    @Override
    public Future<?> start() {
        vertx.setPeriodic(TICK_MILLIS, id -> connections.tick(System.nanoTime()));
        var options = new HttpServerOptions().setHttp2ClearTextEnabled(false).setCompressionSupported(true);
        return vertx.createHttpServer(options)
                .connectionHandler(connection -> open((Http1ServerConnection) connection))
                .requestHandler(request -> {}) // which Vert.x wants; each connection has its own
                .exceptionHandler(
                        e -> LOG.debug("a connection failed: {}", e.getClass().getName()))
                .listen(address.port(), address.ip())
                .onSuccess(server -> port = server.actualPort());
    }

    private void open(Http1ServerConnection connection) {
        handshakes.end(connection.channel());
        Connection.open(connection, connections, requests, context, limits.linger());
    }

    /** Once it has started. */
    int port() {
        return port;
    }
}
