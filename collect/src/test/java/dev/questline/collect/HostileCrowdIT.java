package dev.questline.collect;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Crowds of clients that send what takes much memory, to a collector that has little: it lives and serves the others. */
@Timeout(60)
class HostileCrowdIT {
    private static final int CROWD = 400;
    private static final int PATIENT_CROWD = 3_500;
    private static final int BYTES = 31 << 10;
    private static final String HEAD = "GET / HTTP/1.1\r\nHost:\r\n";

    private static final String LARGE_LINE = "Cookie: " + "x".repeat(BYTES) + "\r\n";

    private final List<RawClient> clients = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (var client : clients) {
            client.close();
        }
    }

    /** None comes to an end, and none reads. */
    private enum Crowd {
        TINY_LINES(HEAD + repeated("a:\r\n")),
        LONG_LINES(HEAD + repeated("X-Line: " + "x".repeat(1_000) + "\r\n")),
        TRAILERS(HEAD + "Transfer-Encoding: chunked\r\n\r\n0\r\n" + repeated("a:\r\n")),
        REQUESTS_IN_A_ROW(repeated(HEAD + "\r\n")),
        REQUESTS_BEHIND_A_SLOW_ONE("GET /none HTTP/1.1\r\nHost:\r\n\r\n" + repeated(HEAD + "\r\n"));

        private final String bytes;

        Crowd(String bytes) {
            this.bytes = bytes;
        }

        private static String repeated(String text) {
            return text.repeat(BYTES / text.length());
        }
    }

    @ParameterizedTest
    @EnumSource
    void livesAndServesTheOthers(Crowd crowd) throws Exception {
        var process = collector();
        var isOver = new AtomicBoolean();
        try (var said = process.inputReader(US_ASCII)) {
            int port = Integer.parseInt(said.readLine());
            var honest = CompletableFuture.supplyAsync(() -> work(port, isOver));
            for (int round = 0; round < 2; round++) {
                press(port, crowd);
            }
            isOver.set(true);
            assertThat(honest.get(20, TimeUnit.SECONDS)).as("honest requests").isPositive();
            assertThat(process.isAlive()).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    /** Their heads alone, which no event bears, would take all the memory there is. */
    @Test
    void livesAndAnswersAllWhileTheLogStandsStill() throws Exception {
        assertThat(answersTo(HEAD + LARGE_LINE + "\r\n", "stalled")).containsExactly(429, 503);
    }

    /** Room that is kept for a next line as large would take it, too. */
    @ParameterizedTest
    @ValueSource(strings = {"", "Transfer-Encoding: chunked\r\n\r\n0\r\n"})
    void livesWithManyThatHaveSentALargeLineOnce(String before) throws Exception {
        assertThat(answersTo(HEAD + before + LARGE_LINE + "\r\n")).containsExactly(200);
    }

    /** All stay connected. */
    private Set<Integer> answersTo(String request, String... collectorArguments) throws Exception {
        var process = collector(collectorArguments);
        try (var said = process.inputReader(US_ASCII)) {
            int port = Integer.parseInt(said.readLine());
            var statuses = new TreeSet<Integer>();
            for (int i = 0; i < PATIENT_CROWD; i++) {
                clients.add(new RawClient(port).send(request));
                if (i % 50 == 0) {
                    awaitRead(port);
                }
            }
            for (var client : clients) {
                statuses.add(client.answer().status());
            }
            assertThat(process.isAlive()).isTrue();
            return statuses;
        } finally {
            process.destroyForcibly();
        }
    }

    /** Until the event loops, to which connections go in turns, have come by: what is read in part is bounded by itself. */
    private static void awaitRead(int port) throws IOException {
        for (int i = 0; i < Collector.eventLoops(); i++) {
            try (var client = new RawClient(port)) {
                assertThat(client.send("GET / HTTP/1.1\r\n\r\n").answer().status())
                        .isEqualTo(400);
            }
        }
    }

    private static Process collector(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                SmallCollector.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Again in each round, as reads grow with what they bring. */
    private void press(int port, Crowd crowd) throws IOException {
        if (clients.isEmpty()) {
            for (int i = 0; i < CROWD; i++) {
                clients.add(new RawClient(port));
            }
        }
        for (var client : clients) {
            try {
                client.send(crowd.bytes);
            } catch (SocketException closed) {
                // as it should be
            }
        }
    }

    /** Each on a connection of its own, and all answered. */
    private static int work(int port, AtomicBoolean isOver) {
        int answered = 0;
        try {
            for (; !isOver.get() || answered == 0; answered++) {
                try (var client = new RawClient(port)) {
                    assertThat(client.send(HEAD + "\r\n").answer().status()).isEqualTo(200);
                }
            }
            return answered;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
