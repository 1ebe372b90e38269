package dev.questline.collect;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way in which a request is no event, and what its client is told. */
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

    /** A connection closed while more is on its way is reset, and the answer may be lost with it. */
    @ParameterizedTest
    @CsvSource({
        "/, 414",
        "/ HTTP/1.1|no colon|, 400",
        "/ HTTP/1.1|X: , 431",
        "/ HTTP/1.1|Host: h|Transfer-Encoding: chunked||no chunk|, 400",
        "/ HTTP/1.1|Host: h|Content-Length: 9999999||, 413"
    })
    void aClientThatIsStillSendingLearnsWhy(String start, int status) throws Exception {
        try (var patient = new TestCollector();
                var client = new Socket("127.0.0.1", patient.port)) {
            client.getOutputStream().write(("GET " + start.replace("|", "\r\n")).getBytes(US_ASCII));
            for (int i = 0; i < 30; i++) {
                client.getOutputStream().write("x".repeat(10_000).getBytes(US_ASCII)); // None of it is refused.
                Thread.sleep(5);
            }
            client.shutdownOutput();
            assertThat(new String(client.getInputStream().readAllBytes(), US_ASCII))
                    .startsWith("HTTP/1.1 " + status);
        }
    }

    @Test
    void promisesNoClientToGoOnAfterARefusalThatEndsTheConnection() throws IOException {
        var answer = answerTo("GET / HTTP/1.0\r\nConnection: keep-alive\r\n: v\r\n\r\n");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.headers()).containsEntry("connection", "close");
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
    void writesAnAccessLineForEachAnswer() throws IOException {
        answerTo("GET /purchase_a_sword?token=s3cret HTTP/1.0\r\nAuthorization: s3cret\r\n\r\n");
        answerTo("GET /\"quoted\" HTTP/1.1\r\nHost: h\r\n\r\n");
        answerTo("garbage\r\n\r\n");
        answerTo("GET http://h?token=/s3cret HTTP/1.1\r\nHost: h\r\n\r\n");
        accessLog.close();

        var lines =
                accessLines.toString(java.nio.charset.StandardCharsets.US_ASCII).split("\n");
        var start = "127\\.0\\.0\\.1 - - \\[\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d \\+0000] ";
        assertThat(lines).hasSize(4);
        assertThat(lines[0]).matches(start + "\"GET /purchase_a_sword HTTP/1.0\" 200 17");
        assertThat(lines[1]).matches(start + "\"GET /\\\\\"quoted\\\\\" HTTP/1.1\" 404 \\d+");
        assertThat(lines[2]).matches(start + "\"-\" 400 \\d+");
        assertThat(lines[3]).matches(start + "\"GET / HTTP/1.1\" 200 \\d+");
    }
}
