package dev.questline.collect;

import dev.questline.event.Catalog;
import dev.questline.log.EventLog;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.http1.Http1ServerConnection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One event loop's share of the HTTP server: all listeners of a collector share its port. */
final class Listener extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final int BACKLOG = 4096;
    private static final long TICK_MILLIS = 100;

    private final Address address;
    private final Supplier<Catalog> catalog;
    private final EventLog log;
    private final AccessLog accessLog;
    private final Admission admission;
    private final Traffic traffic;
    private final Encryption encryption;
    private final Limits limits;
    private final HttpDate clock = new HttpDate();
    private final Deadlines deadlines = new Deadlines();
    private final Connections connections;
    private @Nullable HttpServer server;

    Listener(
            Address address,
            Supplier<Catalog> catalog,
            EventLog log,
            AccessLog accessLog,
            Admission admission,
            Traffic traffic,
            AtomicInteger open,
            Encryption encryption,
            Limits limits) {
        this.address = address;
        this.catalog = catalog;
        this.log = log;
        this.accessLog = accessLog;
        this.admission = admission;
        this.traffic = traffic;
        this.encryption = encryption;
        this.limits = limits;
        this.connections = new Connections(limits.connections(), Collector.eventLoops(), open);
    }

    @Override
    public Future<?> start() {
        var reception = new Reception(context, catalog, log, admission, limits, deadlines);
        var requests = new Requests(reception, clock, accessLog, traffic);
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

    /** Stops accepting, lets what is in flight be answered, closes the connections. */
    @Override
    public Future<?> stop() {
        return server == null
                ? Future.succeededFuture()
                : server.shutdown(limits.drain().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void tick() {
        var nanos = System.nanoTime();
        clock.tick();
        deadlines.expire(nanos);
        connections.tick(nanos);
    }

    private void open(Http1ServerConnection connection, Requests requests) {
        Connection.open(connection, connections, requests, context, limits.linger());
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
