package dev.questline.collect;

import dev.questline.event.Catalog;
import dev.questline.event.SettingKey;
import dev.questline.event.Settings;
import dev.questline.event.UserError;
import dev.questline.log.EventLog;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
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
 * receipt. Everything else is answered with {@code application/problem+json}. Health and metrics are served on a port of
 * their own.
 */
public final class Collector implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Collector.class);
    private static final Duration CLOSE_MARGIN = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final Shared shared;
    private final Management management;
    private final Encryption encryption;
    private final String listeners;

    /** @param listeners the deployment of those */
    private Collector(Vertx vertx, Shared shared, Management management, Encryption encryption, String listeners) {
        this.vertx = vertx;
        this.shared = shared;
        this.management = management;
        this.encryption = encryption;
        this.listeners = listeners;
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
        var managementAddress = Address.ofManagement(where);
        var shared = Shared.of(catalog, log, accessLog, limits);
        var management = new Management(managementAddress, shared);
        var vertx = where.tls().isPresent()
                ? builder().withTransport(shared.handshakes().transport()).build()
                : builder().build();
        try {
            var encryption = new Encryption(where.tls().map(files -> Certificate.read(files, vertx)));
            deploy(vertx, () -> management, 1, managementAddress);
            var listeners = deploy(vertx, () -> new Listener(address, shared, encryption), eventLoops(), address);
            return new Collector(vertx, shared, management, encryption, listeners);
        } catch (UserError e) {
            vertx.close();
            throw e;
        }
    }

    /** Where health and metrics are, also if the settings leave that open. */
    int managementPort() {
        return management.port();
    }

    private static String deploy(Vertx vertx, Supplier<Deployable> server, int instances, Address address) {
        try {
            return vertx.deployVerticle(server, new DeploymentOptions().setInstances(instances))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
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
     * Is no longer ready, refuses new requests, waits for those in flight to be answered, for three seconds at most, tells
     * the rest that their time is over, then closes all connections; within eight seconds, whatever the log does.
     */
    @Override
    public void close() {
        if (!shared.admission().close()) {
            return;
        }
        await(vertx.undeploy(listeners), shared.limits().drain().plus(CLOSE_MARGIN));
        await(vertx.close(), CLOSE_MARGIN);
        if (inFlight() > 0) {
            LOG.warn("{} requests were still waiting for the log when the collector closed", inFlight());
        }
    }

    private static void await(Future<?> closing, Duration limit) {
        try {
            closing.toCompletionStage().toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("the collector did not close cleanly", e);
        }
    }

    /** Those open. */
    int connections() {
        return shared.connections().get();
    }

    /** Bytes in memory of what clients have sent and what is no request yet. */
    long held() {
        return shared.held().get();
    }

    /** The requests that wait for the log. */
    int inFlight() {
        return shared.admission().inFlight();
    }

    private static VertxBuilder builder() {
        var files = new FileSystemOptions().setClassPathResolvingEnabled(false).setFileCachingEnabled(false);
        return Vertx.builder()
                .with(
                        new VertxOptions() // one more, for the management
                                .setEventLoopPoolSize(eventLoops() + 1)
                                .setFileSystemOptions(files)
                                .setUseDaemonThread(true));
    }

    static int eventLoops() {
        return Math.max(2, Runtime.getRuntime().availableProcessors());
    }
}
