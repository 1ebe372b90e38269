package dev.questline.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.questline.event.Catalog;
import dev.questline.event.Settings;
import dev.questline.event.UserError;
import dev.questline.log.EventTooLarge;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way in which a request gets no event, and what its client is told. */
class RefusalTest {
    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

    private final ByteArrayOutputStream accessLines = new ByteArrayOutputStream();
    private final AccessLog accessLog = AccessLog.to(accessLines);
    private final TestCollector collector =
            new TestCollector(TestCollector.limits(2, Duration.ofMillis(300)), accessLog);

    @AfterEach
    void close() {
        collector.close();
        accessLog.close();
    }

    private RawClient.Answer answerTo(String request) throws IOException {
        try (var client = collector.client()) {
            return client.send(request).answer();
        }
    }

    @Test
    void namesTheRoutesOnAnUnknownPath() throws IOException {
        var answer = answerTo("GET /purchase_a_shield HTTP/1.1\r\nHost: h\r\n\r\n");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.headers()).containsEntry("content-type", "application/problem+json");
        assertThat(answer.body())
                .isEqualTo(
                        "{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,\"detail\":\"No event comes in at"
                                + " this path.\",\"routes\":[\"GET /\",\"GET /purchase_a_sword\",\"GET /purchase_a_knife\"]}");
        assertThat(collector.log.events()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "FOO"})
    void namesTheMethodsOnAKnownPath(String method) throws IOException {
        var answer = answerTo(method + " /purchase_a_sword HTTP/1.1\r\nHost: h\r\n\r\n");

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.headers()).containsEntry("allow", "GET");
        assertThat(collector.log.events()).isEmpty();
    }

    @Test
    void makesNoEventOfHead() throws IOException {
        try (var client = collector.client()) {
            assertThat(client.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n")
                            .answerToHead()
                            .status())
                    .isEqualTo(405);
            assertThat(client.send(REQUEST).answer().status())
                    .as("the connection goes on, no body stood in between")
                    .isEqualTo(200);
        }
        assertThat(collector.log.events()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "'Content-Length: 1048577', 0",
        "'Content-Length: 3000000', 3000000",
        "'Content-Length: 99999999999999999', 100"
    })
    void refusesALargeBodyAndCloses(String header, int sent) throws IOException {
        try (var client = collector.client()) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\n" + header + "\r\n\r\n" + "x".repeat(sent));
            assertThat(client.answer().status()).isEqualTo(413);
            assertThat(client.isAtEnd()).isTrue();
        }
        assertThat(collector.log.events()).isEmpty();
    }

    @Test
    void refusesALargeChunkedBody() throws IOException {
        var chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
        try (var client = collector.client()) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk.repeat(17));
            assertThat(client.answer().status()).isEqualTo(413);
            assertThat(client.isAtEnd()).isTrue();
        }
        assertThat(collector.log.events()).isEmpty();
    }

    @Test
    void takesABodyOfAMebibyte() throws IOException {
        assertThat(answerTo("GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 1048576\r\n\r\n" + "x".repeat(1 << 20))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"32000, 200", "33000, 431", "2000000, 431"})
    void boundsTheHeaders(int length, int status) throws IOException {
        try (var client = collector.client()) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\nX-Long: " + "x".repeat(length) + "\r\n\r\n");
            assertThat(client.answer().status()).isEqualTo(status);
            assertThat(client.hasByteWithin(50)).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"8000, 404", "9000, 414"})
    void boundsTheRequestLine(int length, int status) throws IOException {
        assertThat(answerTo("GET /" + "x".repeat(length) + " HTTP/1.1\r\nHost: h\r\n\r\n")
                        .status())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0016\u0003\u0001\u0000garbage\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: h\r\nX Y: z\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: h\r\nX: \u0001\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: h\r\nContent-Length: many\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
                "GET / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nno chunk\r\n\r\n"
            })
    void refusesWhatIsNoHttpAndCloses(String bytes) throws IOException {
        try (var client = collector.client()) {
            client.send(bytes);
            assertThat(client.answer().status()).isIn(400, 501);
            assertThat(client.isAtEnd()).isTrue();
        }
        assertThat(collector.log.events()).isEmpty();
    }

    @Test
    void wantsExactlyOneHostInHttp11() throws IOException {
        assertThat(answerTo("GET / HTTP/1.1\r\n\r\n").status()).isEqualTo(400);
        assertThat(answerTo("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n").status())
                .isEqualTo(400);
        assertThat(collector.log.events()).isEmpty();
    }

    @Test
    void wantsANameForEachHeader() throws IOException {
        assertThat(answerTo("GET / HTTP/1.1\r\nHost: a\r\n: v\r\n\r\n").status())
                .isEqualTo(400);
        assertThat(collector.log.events()).isEmpty();
    }

    @Test
    void boundsTheClientsId() throws IOException {
        var request = "GET / HTTP/1.1\r\nHost: h\r\n%s: %s\r\n\r\n";
        assertThat(answerTo(request.formatted("Idempotency-Key", "x".repeat(200)))
                        .status())
                .isEqualTo(200);
        assertThat(answerTo(request.formatted("Idempotency-Key", "x".repeat(201)))
                        .status())
                .isEqualTo(400);
        assertThat(answerTo(request.formatted("ce-id", "a\tb")).status()).isEqualTo(400);
        assertThat(collector.log.events()).hasSize(1);
    }

    @Test
    void refusesAtOnceWhileTheLogIsAwayAndRecoversAtOnce() throws IOException {
        collector.log.goDown();
        var answer = answerTo(REQUEST);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers()).containsEntry("retry-after", "1");
        assertThat(answer.body()).contains("this one is not logged");

        collector.log.comeBack();
        assertThat(answerTo(REQUEST).status()).isEqualTo(200);
        assertThat(collector.log.events()).hasSize(1);
    }

    @Test
    void saysSoWhenTheLogRefusesAnEvent() throws IOException {
        collector.log.goDown();
        collector.log.available = true;
        assertThat(answerTo(REQUEST).status()).isEqualTo(503);

        collector.log.failure = new CompletionException(collector.log.failure);
        assertThat(answerTo(REQUEST).status()).isEqualTo(503);
    }

    @Test
    void saysSoWhenAnEventIsTooLargeForTheLog() throws IOException {
        collector.log.failure = new EventTooLarge("1 MB", new IOException());
        var answer = answerTo(REQUEST);
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.headers()).doesNotContainKey("retry-after");
    }

    @Test
    void answersWithinTheDeadlineWhateverTheLogDoes() throws IOException {
        collector.log.holdsBack = true;
        var before = System.nanoTime();
        assertThat(answerTo(REQUEST).status()).isEqualTo(503);
        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .isBetween(Duration.ofMillis(300), Limits.STANDARD.deadline());

        collector.log.acknowledge();
        assertThat(answerTo(REQUEST).status())
                .as("a late acknowledgement does no harm")
                .isEqualTo(200);
    }

    @Test
    void boundsTheRequestsInFlight() throws IOException {
        collector.log.holdsBack = true;
        try (var first = collector.client().send(REQUEST);
                var second = collector.client().send(REQUEST)) {
            assertThat(first.hasByteWithin(50)).isFalse();
            assertThat(second.hasByteWithin(1)).isFalse();

            var third = answerTo(REQUEST);
            assertThat(third.status()).isEqualTo(429);
            assertThat(third.headers()).containsEntry("retry-after", "1");
            assertThat(collector.log.events()).hasSize(2);

            collector.log.acknowledge();
            assertThat(first.answer().status()).isEqualTo(200);
            assertThat(second.answer().status()).isEqualTo(200);
            assertThat(answerTo(REQUEST).status()).isEqualTo(200);
        }
    }

    @Test
    void boundsTheBytesThatWaitForTheLog() throws IOException {
        var limits = new Limits(
                100,
                2_000,
                Duration.ofSeconds(30),
                1 << 20,
                Duration.ofSeconds(1),
                Duration.ofMillis(50),
                Duration.ofMillis(1),
                ConnectionLimits.STANDARD);
        try (var small = new TestCollector(limits, AccessLog.off());
                var waiting = small.client()) {
            small.log.holdsBack = true;
            waiting.send("GET / HTTP/1.1\r\nHost: h\r\nX-Large: " + "x".repeat(1_500) + "\r\n\r\n");
            while (small.log.waiting() == 0) {
                Thread.onSpinWait();
            }
            try (var one = small.client()) {
                assertThat(one.send("GET / HTTP/1.1\r\nHost: h\r\nX-Large: " + "y".repeat(600) + "\r\n\r\n")
                                .answer()
                                .status())
                        .isEqualTo(429);
            }
            small.log.acknowledge();
            assertThat(waiting.answer().status()).isEqualTo(200);
            try (var one = small.client()) {
                assertThat(one.send("GET / HTTP/1.1\r\nHost: h\r\nX-Large: " + "y".repeat(1_500) + "\r\n\r\n")
                                .answer()
                                .status())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void makesABugA500AndGoesOn() throws IOException {
        collector.log.thrown = new IllegalStateException("a bug, on purpose");
        assertThat(answerTo(REQUEST).status()).isEqualTo(500);
        assertThat(answerTo(REQUEST).status()).isEqualTo(500);
        assertThat(answerTo(REQUEST).status())
                .as("none of them is in flight any more")
                .isEqualTo(500);

        collector.log.thrown = null;
        assertThat(answerTo(REQUEST).status()).isEqualTo(200);
    }

    @Test
    void namesTheSettingWhenThePortIsTaken() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> start("127.0.0.1", taken.getLocalPort()))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("port " + taken.getLocalPort() + " is taken")
                    .hasMessageContaining("collector.port")
                    .hasMessageContaining("QUESTLINE_COLLECTOR_PORT")
                    .hasMessageContaining("--set collector.port=");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-such-host.invalid", "192.0.2.1"})
    void namesTheSettingWhenTheHostIsWrong(String host) {
        assertThatThrownBy(() -> start(host, TestCollector.freePort()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(host)
                .hasMessageContaining("collector.host");
    }

    private void start(String host, int port) {
        Collector.start(Settings.Collector.at(host, port), () -> Catalog.BUILT_IN, collector.log, AccessLog.off());
    }

    @Test
    void writesAnAccessLineForEachAnswer() throws IOException {
        answerTo("GET /purchase_a_sword?token=s3cret HTTP/1.0\r\nAuthorization: s3cret\r\n\r\n");
        answerTo("GET /\"quoted\" HTTP/1.1\r\nHost: h\r\n\r\n");
        answerTo("garbage\r\n\r\n");
        accessLog.close();

        var lines =
                accessLines.toString(java.nio.charset.StandardCharsets.US_ASCII).split("\n");
        var start = "127\\.0\\.0\\.1 - - \\[\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d \\+0000] ";
        assertThat(lines).hasSize(3);
        assertThat(lines[0]).matches(start + "\"GET /purchase_a_sword HTTP/1.0\" 200 17");
        assertThat(lines[1]).matches(start + "\"GET /\\\\\"quoted\\\\\" HTTP/1.1\" 404 \\d+");
        assertThat(lines[2]).matches(start + "\"-\" 400 \\d+");
    }
}
