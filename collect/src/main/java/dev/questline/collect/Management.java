package dev.questline.collect;

import dev.questline.log.EventLog;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What those ask who run the collector, on a port and an event loop of their own: {@code /healthz}, {@code /readyz} and
 * {@code /metrics} in Prometheus' text formats.
 */
final class Management extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(Management.class);
    private static final int IDLE_SECONDS = 60;
    private static final String TEXT = "text/plain; charset=utf-8";

    private final Address address;
    private final EventLog log;
    private final Admission admission;
    private final Traffic traffic;
    private volatile int port;
    private @Nullable PrometheusRegistry registry;

    Management(Address address, Shared shared) {
        this.address = address;
        this.log = shared.log();
        this.admission = shared.admission();
        this.traffic = shared.traffic();
    }

    @Override
    public Future<?> start() {
        var options = new HttpServerOptions()
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setHttp2ClearTextEnabled(false)
                .setCompressionSupported(true);
        return vertx.createHttpServer(options)
                .requestHandler(this::answer)
                .listen(address.port(), address.ip())
                .onSuccess(server -> port = server.actualPort());
    }

    /** Once it has started. */
    int port() {
        return port;
    }

    private void answer(HttpServerRequest request) {
        if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
            request.response().putHeader(HttpHeaders.ALLOW, "GET, HEAD");
            answer(request, 405, TEXT, Buffer.buffer("GET and HEAD are allowed\n"));
            return;
        }
        switch (String.valueOf(request.path())) {
            case "/healthz" -> answer(request, 200, TEXT, Buffer.buffer("alive\n"));
            case "/readyz" -> readiness(request);
            case "/metrics" -> metrics(request);
            default -> answer(request, 404, TEXT, Buffer.buffer("here are /healthz, /readyz and /metrics\n"));
        }
    }

    private void readiness(HttpServerRequest request) {
        var trouble = trouble();
        var text = trouble.orElse("ready");
        answer(request, trouble.isEmpty() ? 200 : 503, TEXT, Buffer.buffer(text + "\n"));
    }

    private Optional<String> trouble() {
        if (admission.isClosing()) {
            return Optional.of("the collector is stopping");
        }
        return log.isAvailable() ? Optional.empty() : Optional.of("the event log takes no events");
    }

    private void metrics(HttpServerRequest request) {
        var format = ExpositionFormats.init().findWriter(String.valueOf(request.getHeader(HttpHeaders.ACCEPT)));
        try {
            answer(request, 200, format.getContentType(), scrape(format));
        } catch (RuntimeException e) {
            LOG.error("the metrics cannot be told", e);
            answer(request, 500, TEXT, Buffer.buffer("the metrics cannot be told; the collector's log says why\n"));
        }
    }

    private Buffer scrape(ExpositionFormatWriter format) {
        var bytes = new ByteArrayOutputStream();
        try {
            format.write(bytes, registry().scrape());
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return Buffer.buffer(bytes.toByteArray());
    }

    /** Made when first asked for, as it would cost the start a tenth of a second. */
    private PrometheusRegistry registry() {
        if (registry == null) {
            registry = new PrometheusRegistry();
            traffic.register(registry);
            registry.register(new LogMetrics(log));
            JvmMetrics.builder().register(registry);
        }
        return registry;
    }

    private static void answer(HttpServerRequest request, int status, String type, Buffer body) {
        request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, type)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(body);
    }
}
