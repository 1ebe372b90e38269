package dev.questline.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever crowds the management's port, or sends it no HTTP: it answers those who ask how the collector is. */
@Timeout(60)
class ManagementBoundsTest {
    private static final int CONNECTIONS = 8;
    private static final String HEALTH = "GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n";

    private final TestCollector collector = collector(Duration.ofSeconds(60));
    private final List<RawClient> clients = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (var client : clients) {
            client.close();
        }
        collector.close();
    }

    private static TestCollector collector(Duration idle) {
        var bounds = new ConnectionLimits(idle, idle, CONNECTIONS, 1 << 20);
        return new TestCollector(
                TestCollector.limits(2, Duration.ofSeconds(5), ConnectionLimits.STANDARD, bounds), AccessLog.off());
    }

    private RawClient connect() throws IOException {
        var client = new RawClient(collector.managementPort);
        clients.add(client);
        return client;
    }

    @Test
    void thoseThatRestMakeRoomForWhoAsks() throws IOException {
        var monitor = connect();
        for (int i = 0; i < 10 * CONNECTIONS; i++) {
            connect();
            try (var next = new RawClient(collector.managementPort)) {
                next.send(HEALTH).answer(); // So the one before it is accepted, too.
            }
            assertThat(monitor.send(HEALTH).answer().status())
                    .as("who asks again and again is not the one to go")
                    .isEqualTo(200);
        }
        for (var idle : clients.subList(1, 1 + 9 * CONNECTIONS)) {
            assertThat(idle.isAtEnd()).isTrue();
        }
    }

    @Test
    void unfinishedHeadsMakeRoomToo() throws IOException {
        for (int i = 0; i < 10 * CONNECTIONS; i++) {
            connect().send("GET /healthz HTTP/1.1\r\nX-Endless: ");
        }
        assertThat(connect().send(HEALTH).answer().status()).isEqualTo(200);
        assertThat(clients.get(0).isAtEnd()).isTrue();
    }

    @Test
    void aHeadThatTricklesHasItsTime() throws Exception {
        var idle = Duration.ofMillis(500);
        try (var impatient = collector(idle);
                var slow = new RawClient(impatient.managementPort)) {
            slow.send("GET /healthz HTTP/1.1\r\nX-Slow: ");
            long begun = System.nanoTime();
            while (!isClosedAfter("x", slow)) {
                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
                Thread.sleep(20);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(idle.dividedBy(2));
        }
    }

    private static boolean isClosedAfter(String bytes, RawClient client) throws IOException {
        try {
            return client.send(bytes).isClosedByNow();
        } catch (SocketException reset) {
            return true;
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.questline.collect.HostileRequests#endTheConnection")
    void whatIsNoHttpEndsTheConnection(HostileRequests.Case hostile) throws IOException {
        var answers = connect().send(hostile.bytes() + HEALTH).endInput().answers();
        assertThat(answers).hasSize(1);
        assertThat(answers.get(0).status()).isIn(hostile.status(), 404);
        assertThat(answers.get(0).headers()).containsEntry("connection", "close");
    }

    @Test
    void aBodyIsNotWaitedFor() throws IOException {
        var answers = connect()
                .send("POST /healthz HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\nx")
                .answers();
        assertThat(answers).hasSize(1);
        assertThat(answers.get(0).status()).isEqualTo(405);
        assertThat(answers.get(0).headers()).containsEntry("connection", "close");
    }

    @Test
    void requestsInARowAreAnsweredInTheirOrder() throws IOException {
        var client = connect()
                .send(HEALTH + "HEAD /readyz HTTP/1.1\r\nHost: h\r\n\r\n" + "GET / HTTP/1.1\r\nHost: h\r\n\r\n"
                        + "GET /metrics HTTP/1.1\r\nHost: h\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n");
        assertThat(client.answer().body()).isEqualTo("alive\n");
        assertThat(client.answerToHead().status()).isEqualTo(200);
        assertThat(client.answer().status()).isEqualTo(404);
        assertThat(client.text()).startsWith("HTTP/1.1 200 OK\r\n").contains("content-encoding: gzip");
    }
}
