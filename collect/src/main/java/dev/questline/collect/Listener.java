package dev.questline.collect;

import dev.questline.event.Catalog;
import dev.questline.log.EventLog;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeUnit;
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
    private final Encryption encryption;
    private final Limits limits;
    private final HttpDate clock = new HttpDate();
    private final Deadlines deadlines = new Deadlines();
    private @Nullable HttpServer server;

    Listener(
            Address address,
            Supplier<Catalog> catalog,
            EventLog log,
            AccessLog accessLog,
            Admission admission,
            Encryption encryption,
            Limits limits) {
        this.address = address;
        this.catalog = catalog;
        this.log = log;
        this.accessLog = accessLog;
        this.admission = admission;
        this.encryption = encryption;
        this.limits = limits;
    }

    @Override
    public Future<?> start() {
        var reception = new Reception(context, catalog, log, admission, limits, deadlines);
        vertx.setPeriodic(TICK_MILLIS, id -> tick());
        server = encryption
                .server(vertx, options())
                .requestHandler(request -> reception.receive(new Exchange(context, request, clock, accessLog, limits)))
                .invalidRequestHandler(this::refuseInvalid)
                .exceptionHandler(e -> LOG.debug("a connection failed: {}", e.toString()));
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
        clock.tick();
        deadlines.expire(System.nanoTime());
    }

    /** A head that is no HTTP/1: nothing that follows on the connection could be trusted. */
    private void refuseInvalid(HttpServerRequest request) {
        var cause = request.decoderResult().cause();
        var problem = cause instanceof TooLongHttpLineException
                ? Problem.last(
                        HttpResponseStatus.REQUEST_URI_TOO_LONG,
                        "A request line may have up to " + Limits.REQUEST_LINE_BYTES + " bytes.")
                : cause instanceof TooLongHttpHeaderException
                        ? Problem.last(
                                HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
                                "A request's headers may have up to " + Limits.HEADER_BYTES + " bytes in all.")
                        : Problem.last(HttpResponseStatus.BAD_REQUEST, "This is no request of HTTP/1.0 or HTTP/1.1.");
        new Exchange(context, request, clock, accessLog, limits).refuse(problem);
    }

    private static HttpServerOptions options() {
        return new HttpServerOptions()
                .setAcceptBacklog(BACKLOG)
                .setHttp2ClearTextEnabled(false)
                .setIdleTimeout((int) Limits.IDLE.toSeconds())
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setMaxHeaderSize(Limits.HEADER_BYTES)
                .setMaxInitialLineLength(Limits.REQUEST_LINE_BYTES)
                .setStrictThreadMode(true);
    }
}
