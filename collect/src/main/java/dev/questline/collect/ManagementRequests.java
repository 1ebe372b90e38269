package dev.questline.collect;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers those who run the collector; see {@link Management}. */
final class ManagementRequests implements Requests {
    private static final Logger LOG = LoggerFactory.getLogger(ManagementRequests.class);
    private static final String TEXT = "text/plain; charset=utf-8";

    private final Shared shared;
    private final HttpDate clock = new HttpDate();
    private @Nullable PrometheusRegistry registry;

    ManagementRequests(Shared shared) {
        this.shared = shared;
    }

    /** A body might never end, and nobody here waits for one. */
    @Override
    public void receive(HttpServerRequest request, Connection connection) {
        if (Body.isAnnounced(request)) {
            connection.closeAfter(request.response());
        }
        answer(request);
        connection.answered();
    }

    @Override
    public void refuse(HttpServerRequest request, Problem problem, Connection connection) {
        problem.headers().forEach(request.response()::putHeader);
        connection.closeAfter(request.response());
        answer(request, problem.status().code(), TEXT, Buffer.buffer(problem.detail() + "\n"));
        connection.answered();
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
        if (shared.admission().isClosing()) {
            return Optional.of("the collector is stopping");
        }
        return shared.log().trouble().map(why -> "the event log takes no events: " + why);
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
            shared.traffic().register(registry);
            registry.register(new LogMetrics(shared.log()));
            JvmMetrics.builder().register(registry);
        }
        return registry;
    }

    private void answer(HttpServerRequest request, int status, String type, Buffer body) {
        clock.tick();
        request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.SERVER, "questline")
                .putHeader(HttpHeaders.DATE, clock.text())
                .putHeader(HttpHeaders.CONTENT_TYPE, type)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(body);
    }
}
