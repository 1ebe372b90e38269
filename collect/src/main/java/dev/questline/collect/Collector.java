package dev.questline.collect;

import dev.questline.event.Catalog;
import dev.questline.event.SettingKey;
import dev.questline.event.Settings;
import dev.questline.event.UserError;
import dev.questline.log.EventLog;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
    private final Encryption encryption;
    private final Admission admission;
    private final Limits limits;

    private Collector(Vertx vertx, Encryption encryption, Admission admission, Limits limits) {
        this.vertx = vertx;
        this.encryption = encryption;
        this.admission = admission;
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
        var vertx = vertx();
        try {
            var encryption = new Encryption(where.tls().map(files -> Certificate.read(files, vertx)));
            vertx.deployVerticle(
                            () -> new Listener(address, catalog, log, accessLog, admission, encryption, limits),
                            new DeploymentOptions().setInstances(eventLoops()))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            return new Collector(vertx, encryption, admission, limits);
        } catch (UserError e) {
            vertx.close();
            throw e;
        } catch (CompletionException e) {
            vertx.close();
            throw address.error(e.getCause() == null ? e : e.getCause());
        }
    }

    /** What to tell who has it listen beyond this machine in the clear. */
    public static Optional<String> caution(Settings.Collector where) {
        return where.tls().isPresent() || Address.of(where).isLoopback()
                ? Optional.empty()
                : Optional.of("WARNING: the collector listens on " + where.host() + ":" + where.port()
                        + " in the clear; TLS takes " + SettingKey.COLLECTOR_TLS_CERTIFICATE.key() + " and "
                        + SettingKey.COLLECTOR_TLS_KEY.key());
    }

    /** Takes the certificate that the files hold now, for connections from now on; throws if it can't. */
    Certificate renewCertificate(Settings.Tls files) {
        var next = Certificate.read(files, vertx);
        encryption.replaceBy(next).toCompletionStage().toCompletableFuture().join();
        return next;
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

    private static Vertx vertx() {
        var files = new FileSystemOptions().setClassPathResolvingEnabled(false).setFileCachingEnabled(false);
        return Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(eventLoops())
                .setFileSystemOptions(files)
                .setUseDaemonThread(true));
    }

    private static int eventLoops() {
        return Math.max(2, Runtime.getRuntime().availableProcessors());
    }
}
