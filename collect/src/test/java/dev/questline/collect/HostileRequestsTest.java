package dev.questline.collect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of docs/http.md: what comes, what is answered, and whether the connection goes on. */
class HostileRequestsTest {
    private static final TestCollector COLLECTOR =
            new TestCollector(TestCollector.limits(100, Duration.ofSeconds(5)), AccessLog.off());

    /** What follows on the connection; logged only where that goes on. */
    private static final String NEXT = "GET /purchase_a_sword HTTP/1.1\r\nHost: next\r\n\r\n";

    private static final String NEXT_VALUE = "{\"event_type\":\"purchase_sword\",\"Host\":\"next\"}";

    @AfterEach
    void leavesNothingBehind() {
        Await.until("nothing is in flight", () -> COLLECTOR.inFlight() == 0);
        COLLECTOR.log.forget();
    }

    @AfterAll
    static void close() {
        COLLECTOR.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.questline.collect.HostileRequests#endTheConnection")
    void isRefusedAndEndsTheConnection(HostileRequests.Case hostile) throws IOException {
        assertThat(statuses(hostile.bytes() + NEXT)).containsExactly(hostile.status());
        assertThat(COLLECTOR.log.values()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.questline.collect.HostileRequests#goOn")
    void isAnsweredAndTheConnectionGoesOn(HostileRequests.Case odd) throws IOException {
        assertThat(statuses(odd.bytes() + NEXT)).containsExactly(odd.status(), 200);
        assertThat(COLLECTOR.log.values()).hasSize(odd.status() == 200 ? 2 : 1).endsWith(NEXT_VALUE);
    }

    private static List<Integer> statuses(String bytes) throws IOException {
        try (var client = COLLECTOR.client().send(bytes).endInput()) {
            return client.answers().stream().map(RawClient.Answer::status).toList();
        }
    }

    @Test
    void headIsAnsweredWithoutABody() throws IOException {
        try (var client = COLLECTOR.client().send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n" + NEXT)) {
            assertThat(client.answerToHead().status()).isEqualTo(405);
            assertThat(client.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void continueIsSaidOnceAndOnlyInHttp11() throws IOException {
        var asks = "Host: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nab";
        assertThat(statuses("GET / HTTP/1.1\r\n" + asks)).containsExactly(100, 200);
        assertThat(statuses("GET / HTTP/1.0\r\n" + asks)).containsExactly(200);
        assertThat(statuses("GET / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n\r\n"))
                .containsExactly(200);
    }

    static Stream<List<String>> texts() {
        return Stream.of(
                List.of("M\u00fcnchen \ud83d\udde1", "UTF-8"),
                List.of("M\u00fcnchen", "ISO-8859-1"),
                List.of("\u0085\u00a0\u00ff", "ISO-8859-1"),
                List.of("tab\tand \"quotes\" and \\", "ISO-8859-1"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void bytesBeyondAsciiAreUtf8WhereTheyCanBe(List<String> text) throws Exception {
        var bytes = text.get(0).getBytes(text.get(1));
        statuses("GET / HTTP/1.1\r\nHost: h\r\nX-Text: " + new String(bytes, ISO_8859_1) + "\r\n\r\n");

        assertThat(field("X-Text", COLLECTOR.log.values().get(0))).isEqualTo(text.get(0));
    }

    @Test
    void invalidUtf8StaysAsItsBytes() throws Exception {
        for (var bytes : List.of("\u00c0\u0080", "\u00ed\u00a0\u0080", "\u00f5\u0080\u0080\u0080", "\u00e2\u0082")) {
            statuses("GET / HTTP/1.1\r\nHost: h\r\nX-Text: " + bytes + "\r\n\r\n");
            assertThat(field("X-Text", COLLECTOR.log.values().get(0))).isEqualTo(bytes);
            COLLECTOR.log.forget();
        }
    }

    @Test
    void ofSeveralIdsTheFirstIsTaken() throws IOException {
        statuses("GET / HTTP/1.1\r\nHost: h\r\nIdempotency-Key: a\r\nce-id: b\r\nIdempotency-Key: c\r\n\r\n");
        assertThat(COLLECTOR.log.events().get(0).id()).isEqualTo("a");
    }

    @Test
    void trailersAndChunkExtensionsAreNotLogged() throws IOException {
        statuses("GET / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "1;x=y\r\na\r\n0\r\nX-Late: z\r\nHost: other\r\n\r\n");
        assertThat(COLLECTOR.log.values())
                .containsExactly("{\"event_type\":\"default\",\"Host\":\"h\",\"Transfer-Encoding\":\"chunked\"}");
    }

    private static String field(String name, String json) throws IOException {
        try (var parser = new JsonFactory().createParser(json.getBytes(UTF_8))) {
            while (parser.nextToken() != null) {
                if (name.equals(parser.currentName())) {
                    return parser.nextTextValue();
                }
            }
        }
        throw new AssertionError("no " + name + " in " + json);
    }
}
