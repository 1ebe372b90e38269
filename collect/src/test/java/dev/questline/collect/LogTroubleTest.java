package dev.questline.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.questline.log.EventTooLarge;
import dev.questline.log.IdMismatch;
import dev.questline.log.LogUnavailable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a client is told while the log is away, slow, full or of another mind. */
@Timeout(60)
class LogTroubleTest {
    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

    private final TestCollector collector =
            new TestCollector(TestCollector.limits(2, Duration.ofMillis(300)), AccessLog.off());

    @AfterEach
    void close() {
        collector.close();
    }

    private RawClient.Answer answerTo(String request) throws IOException {
        try (var client = collector.client()) {
            return client.send(request).answer();
        }
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
        try (var small = new TestCollector(bytes(2_000, 1 << 20), AccessLog.off())) {
            assertThatTheSecondIsRefused(small, size -> "X-Large: " + "x".repeat(size), 1_500, 600);
        }
    }

    /** What is secret is no part of the event, and in memory for as long. */
    @Test
    void boundsTheHeadsThatWaitForTheLog() throws IOException {
        try (var small = new TestCollector(bytes(1 << 20, 100_000), AccessLog.off())) {
            assertThatTheSecondIsRefused(small, size -> "Cookie: " + "x".repeat(size), 30_000, 21_000);
        }
        try (var small = new TestCollector(bytes(1 << 20, 50_000), AccessLog.off())) {
            assertThatTheSecondIsRefused(small, lines -> "Cookie: a\r\n".repeat(lines) + "Cookie: b", 190, 150);
        }
    }

    private static void assertThatTheSecondIsRefused(
            TestCollector collector, IntFunction<String> headers, int first, int second) throws IOException {
        IntFunction<String> request = size -> "GET / HTTP/1.1\r\nHost: h\r\n" + headers.apply(size) + "\r\n\r\n";
        collector.log.holdsBack = true;
        try (var waiting = collector.client().send(request.apply(first));
                var other = collector.client()) {
            while (collector.log.waiting() == 0) {
                Thread.onSpinWait();
            }
            assertThat(other.send(request.apply(second)).answer().status()).isEqualTo(429);
            collector.log.acknowledge();
            assertThat(waiting.answer().status()).isEqualTo(200);
            assertThat(other.send(request.apply(first)).answer().status()).isEqualTo(200);
        }
    }

    private static Limits bytes(int ofEvents, int ofHeads) {
        return new Limits(
                100,
                ofEvents,
                ofHeads,
                Duration.ofSeconds(30),
                1 << 20,
                Duration.ofSeconds(1),
                Duration.ofMillis(50),
                Duration.ofMillis(1),
                ConnectionLimits.STANDARD,
                ConnectionLimits.MANAGEMENT);
    }

    @Test
    void refusesAClientsIdThatWasGivenToAnotherType() throws IOException {
        collector.log.failure = new IdMismatch("another type");
        var answer = answerTo("GET / HTTP/1.1\r\nHost: h\r\nIdempotency-Key: mine\r\n\r\n");

        assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 422 Unprocessable Entity");
        assertThat(answer.headers()).containsEntry("content-type", "application/problem+json");
        assertThat(answer.body()).contains("Idempotency-Key or ce-id", "another type", "is not logged");
    }

    @Test
    void saysWhetherAnEventThatWasNotAcknowledgedMayBeLogged() throws IOException {
        collector.log.failure = LogUnavailable.refused("being read");
        var refused = answerTo(REQUEST);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.headers()).containsEntry("retry-after", "1");
        assertThat(refused.body()).contains("it is not logged");

        collector.log.failure = new LogUnavailable("no answer");
        assertThat(answerTo(REQUEST).body()).contains("may or may not be logged");
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
    void goesOnWithWhatIsPipelinedBehindABug() throws IOException {
        collector.log.thrown = new IllegalStateException("a bug, on purpose");
        try (var client = collector.client().send(REQUEST + REQUEST + REQUEST)) {
            for (int i = 0; i < 3; i++) {
                assertThat(client.answer().status()).isEqualTo(500);
            }
            collector.log.thrown = null;
            assertThat(client.send(REQUEST).answer().status()).isEqualTo(200);
        }
    }
}
