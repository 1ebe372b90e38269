package dev.questline.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What clients send and what is no request yet: it is bounded for each and for all, and nothing in it is lost. */
@Timeout(60)
class HeldInputIT {
    private static final String HEAD = "GET / HTTP/1.1\r\nHost: h\r\n";
    private static final String REQUEST = HEAD + "\r\n";
    private static final String CHUNKED = HEAD + "Transfer-Encoding: chunked\r\n\r\n0\r\n";
    private static final int LOOPS = Collector.eventLoops();
    private static final int HELD_BYTES = 180_000 * LOOPS;

    private final TestCollector collector = new TestCollector(
            TestCollector.limits(
                    1_000,
                    Duration.ofMinutes(1),
                    new ConnectionLimits(Duration.ofMinutes(1), Duration.ofMinutes(1), 1_000, HELD_BYTES)),
            AccessLog.off());
    private final List<RawClient> clients = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (var client : clients) {
            client.close();
        }
        collector.close();
    }

    private RawClient client() throws IOException {
        var client = collector.client();
        clients.add(client);
        return client;
    }

    @Test
    void aHeadOfTooManyLinesIsRefusedBeforeItsEnd() throws IOException {
        var client = client().send(HEAD + "a:\r\n".repeat(202));
        assertThat(client.answer().status()).isEqualTo(431);
        assertThat(client.isAtEnd()).isTrue();
    }

    /** Connections go to the event loops in turns, and each of those holds three, whose lines weigh twice their bytes. */
    @Test
    void ofHeadsThatHoldTooMuchTheOldestIsClosed() throws Exception {
        var heads = new ArrayList<RawClient>();
        for (int i = 0; i < 5 * LOOPS; i++) {
            int open = Math.min(i + 1, 3 * LOOPS);
            heads.add(client().send(HEAD + "X: " + "y".repeat(26_000 + i) + "\r\n"));
            int expected = IntStream.rangeClosed(i + 1 - open, i)
                    .map(n -> 2 * (26_000 + n))
                    .sum();
            // Each is there as a whole before the next begins.
            Await.until(
                    "at most what may be held", () -> collector.connections() == open && collector.held() > expected);
        }
        for (var head : heads.subList(0, 2 * LOOPS)) {
            assertThat(head.isAtEnd()).isTrue();
        }
        for (var head : heads.subList(2 * LOOPS, 5 * LOOPS)) {
            assertThat(head.send("\r\n").answer().status()).isEqualTo(200);
        }
    }

    @Test
    void aHeadIsHeldUntilItsBodyIsThere() throws Exception {
        var owing = new ArrayList<RawClient>();
        for (int i = 0; i < 5 * LOOPS; i++) {
            int open = Math.min(i + 1, 3 * LOOPS);
            owing.add(client().send(HEAD + "X: " + "y".repeat(26_000) + "\r\nContent-Length: 9\r\n\r\n1234"));
            Await.until(
                    "at most what may be held",
                    () -> collector.connections() == open && collector.held() > 52_000L * open);
        }
        for (var one : owing.subList(0, 2 * LOOPS)) {
            assertThat(one.isAtEnd()).isTrue();
        }
        for (var one : owing.subList(2 * LOOPS, 5 * LOOPS)) {
            assertThat(one.send("56789").answer().status()).isEqualTo(200);
        }
        Await.until("nothing is held", () -> collector.held() == 0);
    }

    @Test
    void trailersThatHoldTooMuchMakeRoomForHeads() throws Exception {
        var unfinished = new ArrayList<RawClient>();
        for (int i = 0; i < 7 * LOOPS; i++) {
            long before = collector.held();
            unfinished.add(client().send(CHUNKED + "a:\r\n".repeat(150))); // 24,000 bytes by their weight
            Await.until("it is held", () -> collector.held() >= before + 24_000);
        }
        for (int i = 0; i < 20 * LOOPS; i++) {
            long before = collector.held();
            var head = client().send(HEAD + "X: " + "y".repeat(10_000) + "\r\n");
            Await.until("it is there", () -> collector.held() != before);
            assertThat(head.send("\r\n").answer().status()).isEqualTo(200);
        }
        for (var one : unfinished.subList(0, LOOPS)) {
            assertThat(one.isAtEnd()).isTrue();
        }
    }

    @Test
    void trailersThatHoldTooMuchAreClosed() throws Exception {
        assertThat(client().send(CHUNKED + "a:\r\n".repeat(2_000)).isAtEnd()).isTrue();
        assertThat(client().send(CHUNKED + "a: b\r\n".repeat(50) + "\r\n")
                        .answer()
                        .status())
                .isEqualTo(200);
    }

    @Test
    void requestsInARowAreTakenOneByOne() throws Exception {
        collector.log.holdsBack = true;
        var client = client().send(REQUEST.repeat(3_000));
        Await.until("one waits", () -> collector.log.waiting() == 1);
        assertThat(client.hasByteWithin(100)).isFalse();
        assertThat(scrape()).contains("questline_requests_received_total 1.0\n");
        collector.log.acknowledge();
        for (int i = 0; i < 3_000; i++) {
            assertThat(client.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void whatStoodInARowAndWasAnsweredIsHeldNoLonger() throws Exception {
        var client = client();
        for (int round = 0; round < 50; round++) {
            client.send(REQUEST.repeat(400));
            for (int i = 0; i < 400; i++) {
                assertThat(client.answer().status()).isEqualTo(200);
            }
        }
        assertThat(IntStream.range(0, 20).mapToObj(i -> HEAD).toList()).allSatisfy(head -> client().send(head));
        Await.until("all are open", () -> collector.connections() == 21);
        for (var each : clients.subList(1, 21)) {
            assertThat(each.send("\r\n").answer().status()).isEqualTo(200);
        }
    }

    @Test
    void whatFollowsALargeHeadIsAnsweredWheneverItComes() throws Exception {
        var large = HEAD + "Cookie: " + "x".repeat(20_000) + "\r\n\r\n";
        var client = client();
        for (int i = 0; i < 20; i++) {
            client.send(large + REQUEST + large).send(i % 2 == 0 ? REQUEST : large);
            for (int answers = 0; answers < 4; answers++) {
                assertThat(client.answer().status()).isEqualTo(200);
            }
            client.send(large);
            assertThat(client.answer().status()).isEqualTo(200);
            client.send(HEAD.substring(0, 7)).send(HEAD.substring(7) + "Content-Length: 1\r\n\r\nx");
            assertThat(client.answer().status()).isEqualTo(200);
        }
        Await.until("nothing is held", () -> collector.held() == 0);
    }

    /** A read may end anywhere. */
    @Test
    void requestsInARowAndInPiecesAreAllAnswered() throws Exception {
        var bodies = HEAD + "Content-Length: 3\r\n\r\nabc" + HEAD
                + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
        var all = (REQUEST + bodies + HEAD + "Idempotency-Key: " + "i".repeat(201) + "\r\n\r\n").repeat(5);
        var client = client();
        for (int start = 0; start < all.length(); start += 7) {
            client.send(all.substring(start, Math.min(all.length(), start + 7)));
        }
        assertThat(client.endInput().answers().stream().map(RawClient.Answer::status))
                .containsExactlyElementsOf(IntStream.range(0, 5)
                        .boxed()
                        .flatMap(i -> List.of(200, 200, 200, 400).stream())
                        .toList());
    }

    private String scrape() throws IOException {
        try (var client = new RawClient(collector.managementPort)) {
            return client.send("GET /metrics HTTP/1.0\r\n\r\n").endInput().text();
        }
    }
}
