package dev.questline.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ClosingTest {
    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

    @Test
    void answersWhatIsInFlightAndThenCloses() throws Exception {
        var collector = new TestCollector();
        collector.log.holdsBack = true;
        var clients = new ArrayList<RawClient>();
        for (int i = 0; i < 20; i++) {
            clients.add(collector.client().send(REQUEST));
        }
        await(() -> collector.log.waiting() == 20);

        var closing = CompletableFuture.runAsync(collector::close);
        await(() -> refusesConnections(collector));
        assertThat(closing).isNotDone();
        collector.log.acknowledge();

        for (var client : clients) {
            assertThat(client.answer().status()).isEqualTo(200);
            assertThat(client.isAtEnd()).isTrue();
            client.close();
        }
        closing.get(10, java.util.concurrent.TimeUnit.SECONDS);
    }

    @Test
    void closesAtOnceWithIdleConnectionsAlone() throws IOException {
        var collector = new TestCollector();
        try (var idle = collector.client().send(REQUEST)) {
            idle.answer();
            var before = System.nanoTime();
            collector.close();
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Limits.STANDARD.drain());
            assertThat(idle.isAtEnd()).isTrue();
        }
        assertThatThrownBy(collector::client).isInstanceOf(ConnectException.class);
    }

    @Test
    void tellsThoseItWaitedForInVainAndCloses() throws IOException {
        var collector = new TestCollector(
                new Limits(
                        10,
                        1 << 20,
                        1 << 20,
                        Duration.ofMinutes(1),
                        1024,
                        Duration.ofMillis(300),
                        Duration.ZERO,
                        Duration.ofMillis(1),
                        ConnectionLimits.STANDARD,
                        ConnectionLimits.MANAGEMENT),
                AccessLog.off());
        collector.log.holdsBack = true;
        try (var client = collector.client().send(REQUEST);
                var owing = collector.client().send("GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\n")) {
            await(() -> collector.log.waiting() == 1 && collector.connections() == 2);
            var before = System.nanoTime();
            collector.close();
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
            assertRefused(client, "did not acknowledge");
            assertRefused(owing, "is stopping");
        }
    }

    @Test
    void takesABodyThatStillComes() throws Exception {
        var collector = new TestCollector();
        try (var owing = collector.client().send("GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nab")) {
            await(() -> collector.connections() == 1);
            assertThat(owing.hasByteWithin(100)).isFalse();
            var closing = CompletableFuture.runAsync(collector::close);
            await(() -> refusesConnections(collector));

            assertThat(owing.send("cde").answer().status()).isEqualTo(200);
            closing.get(10, java.util.concurrent.TimeUnit.SECONDS);
        }
        assertThat(collector.log.events()).hasSize(1);
    }

    private static void assertRefused(RawClient client, String why) throws IOException {
        var answer = client.answer();
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers()).containsEntry("retry-after", "1");
        assertThat(answer.body()).contains(why);
        assertThat(client.isAtEnd()).isTrue();
    }

    private static boolean refusesConnections(TestCollector collector) {
        try {
            collector.client().close();
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        var deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
        }
    }
}
