package dev.questline.collect;

import dev.questline.event.Catalog;
import dev.questline.event.Settings;
import dev.questline.log.EventLog;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server that makes events of requests. A request is answered with 200 only after the log has acknowledged its
 * event; the answer's headers {@code Questline-Event-Id}, {@code -Topic}, {@code -Partition} and {@code -Offset} are the
 * receipt. Everything else is answered with {@code application/problem+json}.
 */
public final class Collector implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Collector.class);
    private static final Duration CLOSE_MARGIN = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final Admission admission;
    private final AtomicInteger connections;
    private final Limits limits;

    private Collector(Vertx vertx, Admission admission, AtomicInteger connections, Limits limits) {
        this.vertx = vertx;
        this.admission = admission;
        this.connections = connections;
        this.limits = limits;
    }

    /**
     * Listens; when it returns, requests are answered.
     *
     * @param catalog asked for each request, so that a new catalog is in force with the next one
     * @param log stays the caller's to close, after the collector
     * @param accessLog stays the caller's to close, after the collector
     * @throws dev.questline.event.UserError if it cannot listen there
     */
    public static Collector start(
            Settings.Collector where, Supplier<Catalog> catalog, EventLog log, AccessLog accessLog) {
        return start(where, catalog, log, accessLog, Limits.STANDARD);
    }

    static Collector start(
            Settings.Collector where, Supplier<Catalog> catalog, EventLog log, AccessLog accessLog, Limits limits) {
        var address = Address.of(where);
        var admission = new Admission(limits.inFlight());
        var connections = new AtomicInteger();
        var vertx = vertx();
        try {
            vertx.deployVerticle(
                            () -> new Listener(address, catalog, log, accessLog, admission, connections, limits),
                            new DeploymentOptions().setInstances(eventLoops()))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            vertx.close();
            throw address.error(e.getCause() == null ? e : e.getCause());
        }
        return new Collector(vertx, admission, connections, limits);
    }

    /**
     * Refuses new requests, waits for those in flight to be answered, then closes all connections; within some five
     * seconds, whatever the log does.
     */
    @Override
    public void close() {
        admission.close();
        try {
            vertx.close()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(limits.drain().plus(CLOSE_MARGIN).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("the collector did not close cleanly", e);
        }
        if (admission.inFlight() > 0) {
            LOG.warn("{} requests were still waiting for the log when the collector closed", admission.inFlight());
        }
    }

    /** Those open. */
    int connections() {
        return connections.get();
    }

    /** The requests that wait for the log. */
    int inFlight() {
        return admission.inFlight();
    }

    private static Vertx vertx() {
        var files = new FileSystemOptions().setClassPathResolvingEnabled(false).setFileCachingEnabled(false);
        return Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(eventLoops())
                .setFileSystemOptions(files)
                .setUseDaemonThread(true));
    }

    static int eventLoops() {
        return Math.max(2, Runtime.getRuntime().availableProcessors());
    }
}
