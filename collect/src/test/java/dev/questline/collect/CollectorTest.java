package dev.questline.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes over the wire when all is well. */
class CollectorTest {
    private final TestCollector collector = new TestCollector();

    @AfterEach
    void close() {
        collector.close();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            /,                 'This is the default response!', '{"event_type":"default","Host":"h"}'
            /purchase_a_sword, 'Sword Purchased!',              '{"event_type":"purchase_sword","Host":"h"}'
            /purchase_a_knife, 'Knife Purchased!',              '{"event_type":"purchase_knife","description":"very sharp knife","Host":"h"}'
            """)
    void answersWithTheCatalogsBytesAndTheReceipt(String path, String text, String value) throws IOException {
        try (var client = collector.client()) {
            var answer =
                    client.send("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n").answer();

            assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 200 OK");
            assertThat(answer.body()).isEqualTo(text + "\n");
            assertThat(answer.headers())
                    .containsEntry("content-type", "text/plain; charset=utf-8")
                    .containsEntry("content-length", String.valueOf(text.length() + 1))
                    .containsEntry("questline-topic", "events")
                    .containsEntry("questline-partition", "0")
                    .containsEntry("questline-offset", "0")
                    .containsEntry("server", "questline")
                    .containsKey("date");
            var event = collector.log.events().get(0);
            assertThat(answer.headers()).containsEntry("questline-event-id", event.id());
            assertThat(UUID.fromString(event.id()).version()).isEqualTo(7);
            assertThat(collector.log.values()).containsExactly(value);
        }
    }

    @Test
    void tellsARetryThatItsEventStoodInTheLogAlready() throws IOException {
        var request = "GET / HTTP/1.1\r\nHost: h\r\nIdempotency-Key: mine\r\n\r\n";
        try (var client = collector.client()) {
            assertThat(client.send(request).answer().headers())
                    .containsEntry("questline-event-id", "mine")
                    .doesNotContainKey("questline-repeated");
            collector.log.knowsIds = true;
            assertThat(client.send(request).answer().headers()).containsEntry("questline-repeated", "true");
        }
    }

    @Test
    void closesAfterAnAnswerToHttp10() throws IOException {
        try (var client = collector.client()) {
            var answer = client.send("GET /purchase_a_sword HTTP/1.0\r\n\r\n").answer();

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.headers()).containsEntry("content-length", "17");
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void keepsHttp10OpenForAClientThatAsks() throws IOException {
        try (var client = collector.client()) {
            for (int i = 0; i < 3; i++) {
                var answer = client.send("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\nHost: user1.comcast.com\r\n\r\n")
                        .answer();
                assertThat(answer.headers())
                        .containsEntry("connection", "keep-alive")
                        .containsEntry("content-length", "30");
            }
        }
    }

    @Test
    void closesHttp11ForAClientThatAsks() throws IOException {
        try (var client = collector.client()) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
                    .answer();
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void answersPipelinedRequestsInOrder() throws IOException {
        var sword = "GET /purchase_a_sword HTTP/1.1\r\nHost: h\r\n\r\n";
        var knife = "GET /purchase_a_knife HTTP/1.1\r\nHost: h\r\n\r\n";
        var unknown = "GET /none HTTP/1.1\r\nHost: h\r\n\r\n";
        try (var client = collector.client()) {
            client.send((sword + knife + unknown).repeat(20));
            for (int i = 0; i < 20; i++) {
                assertThat(client.answer().body()).isEqualTo("Sword Purchased!\n");
                assertThat(client.answer().body()).isEqualTo("Knife Purchased!\n");
                assertThat(client.answer().status()).isEqualTo(404);
            }
        }
        assertThat(collector.log.events()).hasSize(40);
    }

    @ParameterizedTest
    @ValueSource(strings = {"user1.comcast.com", "user2.att.com:81", "!! no host ??", "[::1", "a/b", ""})
    void takesAnyHost(String host) throws IOException {
        try (var client = collector.client()) {
            var answer =
                    client.send("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n").answer();
            assertThat(answer.status()).isEqualTo(200);
        }
        assertThat(collector.log.values()).containsExactly("{\"event_type\":\"default\",\"Host\":\"" + host + "\"}");
    }

    @Test
    void answersOnlyAfterTheAcknowledgement() throws IOException {
        collector.log.holdsBack = true;
        try (var client = collector.client()) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(client.hasByteWithin(400)).isFalse();
            assertThat(collector.log.events()).hasSize(1);

            collector.log.acknowledge();
            assertThat(client.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void takesAQueryAndABodyAndLogsNeither() throws IOException {
        try (var client = collector.client()) {
            var answer = client.send(
                            "GET /purchase_a_sword?price=3&token=s3cret HTTP/1.1\r\nHost: h\r\nContent-Length: 6\r\n\r\ns3cret")
                    .answer();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(client.send(
                                    "GET / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n")
                            .answer()
                            .status())
                    .isEqualTo(200);
        }
        assertThat(collector.log.values()).hasSize(2).noneMatch(value -> value.contains("s3cret"));
    }

    @Test
    void letsAClientThatAsksFirstSendItsBody() throws IOException {
        try (var client = collector.client()) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
            assertThat(client.answer().statusLine()).isEqualTo("HTTP/1.1 100 Continue");
            assertThat(client.send("abc").answer().status()).isEqualTo(200);
        }
    }

    @Test
    void keepsSecretsOutOfTheLog() throws IOException {
        try (var client = collector.client()) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\nauthorization: Bearer s3cret\r\nCookie: s=s3cret\r\n"
                            + "X-Api-Key: s3cret\r\nProxy-Authorization: s3cret\r\nX-Auth-Token: s3cret\r\n\r\n")
                    .answer();
        }
        assertThat(collector.log.values()).containsExactly("{\"event_type\":\"default\",\"Host\":\"h\"}");
    }

    @Test
    void takesTheClientsIdForTheEvent() throws IOException {
        try (var client = collector.client()) {
            var answer = client.send("GET / HTTP/1.1\r\nHost: h\r\nIdempotency-Key: order-1\r\n\r\n")
                    .answer();
            assertThat(answer.headers()).containsEntry("questline-event-id", "order-1");
        }
        assertThat(collector.log.events().get(0).id()).isEqualTo("order-1");
    }
}
