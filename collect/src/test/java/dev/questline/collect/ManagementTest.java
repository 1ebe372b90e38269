package dev.questline.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.questline.log.Measure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ManagementTest {
    private static final Pattern SAMPLE = Pattern.compile("(\\w+)(?:\\{[^}]*})? (\\S+)");

    private final HttpClient http = HttpClient.newHttpClient();
    private final TestCollector collector =
            new TestCollector(TestCollector.limits(2, Duration.ofMillis(300)), AccessLog.off());

    @AfterEach
    void close() {
        collector.close();
    }

    @Test
    void itIsReadyWhileTheLogTakesEvents() throws Exception {
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
        assertThat(get("/readyz").statusCode()).isEqualTo(200);

        collector.log.goDown();
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        assertThat(get("/readyz").body()).isEqualTo("the event log takes no events: the broker is away\n");

        collector.log.comeBack();
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
    }

    @Test
    void metricsThatCannotBeToldAreAnErrorAndNotSilence() throws Exception {
        var measure = new Measure("kafka_x", "twice under one name", Map.of(), 1);
        collector.log.measures = List.of(measure, measure);
        assertThat(get("/metrics").statusCode()).isEqualTo(500);

        collector.log.measures = List.of(measure);
        assertThat(get("/metrics").body()).contains("kafka_x 1.0");
    }

    @Test
    void itIsNotReadyFromTheMomentOfClosingAndAnswersToTheEnd() throws Exception {
        collector.log.holdsBack = true;
        try (var client = collector.client().send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")) {
            while (collector.log.waiting() == 0) {
                Thread.sleep(5);
            }
            var closing = CompletableFuture.runAsync(collector::close);
            while (get("/readyz").statusCode() == 200) {
                Thread.sleep(5);
            }
            assertThat(get("/readyz").body()).contains("stopping");
            collector.log.acknowledge();
            assertThat(client.answer().status()).isIn(200, 503);
            closing.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void receivedIsLoggedAndRefusedAndFailed() throws Exception {
        ask("GET / HTTP/1.1\r\nHost: h\r\n\r\n", 200);
        ask("GET /purchase_a_sword HTTP/1.0\r\n\r\n", 200);
        ask("GET /nowhere HTTP/1.1\r\nHost: h\r\n\r\n", 404);
        ask("DELETE / HTTP/1.1\r\nHost: h\r\n\r\n", 405);
        ask("GET / HTTP/1.1\r\n\r\n", 400);
        ask("no HTTP at all\r\n\r\n", 400);
        collector.log.failure = new IllegalStateException("a bug");
        ask("GET / HTTP/1.1\r\nHost: h\r\n\r\n", 500);
        collector.log.goDown();
        ask("GET / HTTP/1.1\r\nHost: h\r\n\r\n", 503);
        collector.log.comeBack();
        collector.log.holdsBack = true;
        ask("GET / HTTP/1.1\r\nHost: h\r\n\r\n", 503);

        var counts = metrics(collector);
        assertThat(counts)
                .containsEntry("questline_requests_received_total", 9.0)
                .containsEntry("questline_requests_logged_total", 2.0)
                .containsEntry("questline_requests_refused_total", 5.0)
                .containsEntry("questline_requests_failed_total", 2.0)
                .containsEntry("questline_requests_in_flight", 0.0)
                .containsEntry("questline_request_duration_seconds_count", 9.0)
                .containsEntry("questline_log_available", 1.0)
                .containsKey("jvm_memory_used_bytes");
    }

    @Test
    void aClientThatHasGoneBeforeItsAnswerChangesNothingInTheCount() throws Exception {
        try (var patient = new TestCollector()) {
            patient.log.holdsBack = true;
            var client = patient.client().send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            while (patient.log.waiting() == 0) {
                Thread.sleep(5);
            }
            assertThat(metrics(patient)).containsEntry("questline_requests_in_flight", 1.0);
            client.close();
            patient.log.acknowledge();
            while (metrics(patient).get("questline_requests_in_flight") > 0) {
                Thread.sleep(5);
            }
            assertThat(metrics(patient)).containsEntry("questline_requests_logged_total", 1.0);
        }
    }

    @Test
    void saysWhatIsHereWhereNothingIs() throws Exception {
        assertThat(get("/").statusCode()).isEqualTo(404);
        assertThat(get("/").body()).contains("/healthz", "/readyz", "/metrics");
        assertThat(get("/").headers().map()).containsKeys("date", "server");
    }

    private void ask(String request, int status) throws IOException {
        try (var client = collector.client()) {
            assertThat(client.send(request).answer().status()).as(request).isEqualTo(status);
        }
    }

    /** By name, summed over labels. */
    private Map<String, Double> metrics(TestCollector of) throws Exception {
        return get(of, "/metrics")
                .body()
                .lines()
                .map(SAMPLE::matcher)
                .filter(java.util.regex.Matcher::matches)
                .collect(Collectors.toMap(
                        sample -> sample.group(1), sample -> Double.parseDouble(sample.group(2)), Double::sum));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return get(collector, path);
    }

    private HttpResponse<String> get(TestCollector from, String path) throws IOException, InterruptedException {
        var uri = URI.create("http://127.0.0.1:" + from.managementPort + path);
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
