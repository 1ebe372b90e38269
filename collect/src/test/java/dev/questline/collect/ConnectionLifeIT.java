package dev.questline.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that send slowly, or nothing, read nothing, go away or are too many: each ends, and none hurts another. */
@Timeout(60)
class ConnectionLifeIT {
    private static final String HEAD = "GET / HTTP/1.1\r\nHost: h\r\n";
    private static final String REQUEST = HEAD + "\r\n";
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (var one : open) {
            one.close();
        }
    }

    private TestCollector collector(Duration idle, Duration body, int connections) {
        var collector = new TestCollector(
                TestCollector.limits(1_000, LONG, new ConnectionLimits(idle, body, connections, 1 << 20)),
                AccessLog.off());
        open.add(collector);
        return collector;
    }

    private RawClient client(TestCollector collector) throws IOException {
        var client = collector.client();
        open.add(client);
        return client;
    }

    @Test
    void oneThatSendsNothingIsClosed() throws IOException {
        assertThat(client(collector(SHORT, LONG, 100)).isAtEnd()).isTrue();
    }

    @Test
    void oneThatRestsAfterItsRequestIsClosed() throws IOException {
        var client = client(collector(SHORT, LONG, 100)).send(REQUEST);
        assertThat(client.answer().status()).isEqualTo(200);
        assertThat(client.isAtEnd()).isTrue();
    }

    @Test
    void oneThatSendsItsHeadByteByByteIsClosed() throws Exception {
        var client = client(collector(SHORT, LONG, 100)).send(HEAD + "X: ");
        trickle(client);
        assertThat(client.isAtEnd()).isTrue();
    }

    @Test
    void oneThatSendsItsBodyByteByByteIsToldSoAndClosed() throws Exception {
        var collector = collector(LONG, SHORT, 100);
        var sized = client(collector).send(HEAD + "Content-Length: 1000000\r\n\r\n");
        var chunked = client(collector).send(HEAD + "Transfer-Encoding: chunked\r\n\r\n");
        trickle(sized);
        assertThat(sized.answer().status()).isEqualTo(408);
        assertThat(sized.isAtEnd()).isTrue();
        assertThat(chunked.answer().status()).isEqualTo(408);
        assertThat(collector.log.events()).isEmpty();
        assertThat(collector.answer().status()).isEqualTo(200);
    }

    /** Until something is answered, or the connection reset. */
    private static void trickle(RawClient client) throws IOException {
        try {
            do {
                client.send("x");
            } while (!client.hasByteWithin(20) && !client.isClosedByNow());
        } catch (SocketException closed) {
            // as it should be
        }
    }

    @Test
    void aBodyThatTookItsTimeLeavesTheConnectionAlive() throws IOException {
        var client = client(collector(LONG, LONG, 100)).send(HEAD + "Content-Length: 2\r\n\r\na");
        assertThat(client.hasByteWithin(100)).isFalse();
        assertThat(client.send("b" + REQUEST).answer().status()).isEqualTo(200);
        assertThat(client.answer().status()).isEqualTo(200);
    }

    @Test
    void oneThatShutItsSendingSideGetsItsAnswers() throws Exception {
        var collector = collector(LONG, LONG, 100);
        collector.log.holdsBack = true;
        var client = client(collector).send(REQUEST.repeat(3)).endInput();
        Await.until("a request waits", () -> collector.log.waiting() == 1);
        assertThat(client.hasByteWithin(200)).isFalse();

        collector.log.acknowledge();
        assertThat(client.answers()).hasSize(3).allMatch(answer -> answer.status() == 200);
    }

    @Test
    void oneThatShutItsSendingSideTooEarlyIsToldSo() throws Exception {
        var collector = collector(LONG, LONG, 100);
        for (var started : List.of(
                HEAD + "X: y\r\n",
                HEAD + "Content-Length: 10\r\n\r\nabc",
                HEAD + "Transfer-Encoding: chunked\r\n\r\n5\r\nab")) {
            var answers = client(collector).send(started).endInput().answers();
            assertThat(answers).as(started).hasSize(1).allMatch(answer -> answer.status() == 400);
        }
        assertThat(client(collector).send("GET / HT").endInput().isAtEnd()).isTrue();
        assertThat(client(collector).endInput().isAtEnd()).isTrue();
        assertThat(collector.log.events()).isEmpty();
    }

    @Test
    void oneThatShutItsSendingSideInABodyBehindOthersIsToldSoAfterTheirAnswers() throws Exception {
        var complete = HEAD + "Content-Length: 3\r\n\r\nabc";
        var brokenOff = HEAD + "Content-Length: 10\r\n\r\nabc";
        assertThat(statusesAfterWaiting(REQUEST + complete + brokenOff)).containsExactly(200, 200, 400);
        assertThat(statusesAfterWaiting(complete + brokenOff)).containsExactly(200, 400);
        assertThat(statusesAfterWaiting(REQUEST + complete + REQUEST)).containsExactly(200, 200, 200);
    }

    /** The first is answered when the client has sent all. */
    private List<Integer> statusesAfterWaiting(String requests) throws Exception {
        var collector = collector(LONG, LONG, 100);
        collector.log.holdsBack = true;
        var client = client(collector).send(requests).endInput();
        Await.until("a request waits", () -> collector.log.waiting() == 1);
        assertThat(client.hasByteWithin(100)).isFalse();
        collector.log.acknowledge();
        return client.answers().stream().map(RawClient.Answer::status).toList();
    }

    @Test
    void thoseThatGoAwayLeaveNothingBehind() throws IOException {
        var collector = collector(LONG, LONG, 100);
        collector.log.holdsBack = true;
        for (int i = 0; i < 50; i++) {
            collector.client().send(HEAD + "X: ").reset();
            collector.client().send(HEAD + "Content-Length: 9\r\n\r\nabc").reset();
            collector.client().send(REQUEST).reset();
            collector.client().send(REQUEST.repeat(5)).close();
        }
        collector.log.acknowledge();

        assertThat(collector.answer().status()).isEqualTo(200);
        Await.until("nothing is in flight", () -> collector.inFlight() == 0);
        Await.until("all are closed", () -> collector.connections() == 0);
    }

    @Test
    void oneThatReadsNoAnswersIsNotReadFromAndClosed() throws Exception {
        assertIsNotReadFromAndClosed(REQUEST);
    }

    @Test
    void oneThatReadsNoAnswersAndSendsBodiesIsNotReadFromAndClosed() throws Exception {
        assertIsNotReadFromAndClosed("GET / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "1\r\nx\r\n".repeat(10) + "0\r\n\r\n");
    }

    private void assertIsNotReadFromAndClosed(String request) throws Exception {
        var collector = collector(Duration.ofSeconds(2), Duration.ofSeconds(2), 100);
        collector.log.keepsEvents = false;
        try (var greedy = new Socket()) {
            greedy.setReceiveBufferSize(4_096);
            greedy.connect(new InetSocketAddress("127.0.0.1", collector.port));
            var sent = CompletableFuture.supplyAsync(() -> send(greedy, request, 100 << 20));
            while (!sent.isDone()) {
                assertThat(collector.answer().status()).isEqualTo(200);
            }
            assertThat(sent.get(30, TimeUnit.SECONDS))
                    .as("bytes taken: those in the sockets' buffers and few besides")
                    .isLessThan(30 << 20);
        }
        Await.until("it is closed", () -> collector.connections() == 0);
        Await.until("nothing is in flight", () -> collector.inFlight() == 0);
    }

    /** How many bytes were taken before the connection was closed. */
    private static int send(Socket socket, String request, int bytes) {
        var requests = request.repeat(1_000).getBytes(StandardCharsets.US_ASCII);
        int sent = 0;
        try {
            OutputStream out = socket.getOutputStream();
            for (; sent < bytes; sent += requests.length) {
                out.write(requests);
            }
        } catch (IOException closed) {
            // as it should be
        }
        return sent;
    }

    @Test
    void oneThatReadsLateGetsAllItsAnswers() throws Exception {
        var collector = collector(LONG, LONG, 100);
        var client = client(collector);
        int requests = 20_000;
        var sent = CompletableFuture.runAsync(() -> sendAll(client, requests));
        Await.until("the answers fill what there is to hold them", () -> stands(collector));
        for (int i = 0; i < requests; i++) {
            assertThat(client.answer().status()).isEqualTo(200);
        }
        sent.get(10, TimeUnit.SECONDS);
        assertThat(collector.log.events()).hasSize(requests);
    }

    private static void sendAll(RawClient client, int requests) {
        try {
            client.send(REQUEST.repeat(requests));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static boolean stands(TestCollector collector) {
        int before = collector.log.events().size();
        java.util.concurrent.locks.LockSupport.parkNanos(200_000_000);
        return before > 0 && before == collector.log.events().size();
    }

    /** Who owes a body has no better claim to its place than others. */
    @Test
    void thoseThatOweABodyMakeRoomToo() throws Exception {
        int most = 10 * Collector.eventLoops();
        var collector = collector(LONG, LONG, most);
        var owing = new ArrayList<RawClient>();
        for (int i = 0; i < most; i++) {
            owing.add(client(collector).send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\n"));
        }
        Await.until("all are open", () -> collector.connections() == most);
        Thread.sleep(300); // a tick later, the time is another
        var honest = new ArrayList<RawClient>();
        for (int i = 0; i < most; i++) {
            honest.add(client(collector).send(REQUEST));
            assertThat(honest.get(i).answer().status()).isEqualTo(200);
        }
        for (var client : honest) {
            assertThat(client.send(REQUEST).answer().status()).isEqualTo(200);
        }
        for (var client : owing) {
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void oneMoreThanThereMayBeClosesThoseThatRestLongest() throws IOException {
        int most = 10 * Collector.eventLoops();
        var collector = collector(LONG, LONG, most);
        var resting = new ArrayList<RawClient>();
        for (int i = 0; i < most; i++) {
            resting.add(client(collector));
        }
        for (int i = 0; i < most; i++) {
            assertThat(client(collector).send(REQUEST).answer().status()).isEqualTo(200);
        }
        for (var client : resting) {
            assertThat(client.isAtEnd()).isTrue();
        }
        assertThat(collector.connections()).isLessThanOrEqualTo(most);
    }

    @Test
    void connectionsLeaveFileDescriptorsForAllElse() {
        assertThat(ConnectionLimits.count(256)).isEqualTo(128);
        assertThat(ConnectionLimits.count(1_024)).isEqualTo(512);
        assertThat(ConnectionLimits.count(4_096)).isEqualTo(3_072);
        assertThat(ConnectionLimits.count(20_000)).isEqualTo(15_000);
        assertThat(ConnectionLimits.count(1_048_576)).isEqualTo(20_000);
        assertThat(ConnectionLimits.count(Long.MAX_VALUE)).isEqualTo(20_000);
    }
}
