package dev.questline.collect;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code -Dquestline.idle.connections} clients that rest, while others work. */
class IdleConnectionsIT {
    private static final int IDLE = Integer.getInteger("questline.idle.connections", 2_000);
    private static final int BUSY = 16;
    private static final Duration LOAD = Duration.ofSeconds(1);
    private static final String REQUEST = "GET /purchase_a_sword HTTP/1.1\r\nHost: busy\r\n\r\n";

    @Test
    @Timeout(120)
    void idleOnesHurtNobodyAndAreStillServed() throws Exception {
        try (var collector = new TestCollector()) {
            collector.log.keepsEvents = false;
            load(collector); // warms up
            long without = load(collector);
            var idle = new ProcessBuilder(command(collector.port))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (var said = new BufferedReader(new InputStreamReader(idle.getInputStream(), US_ASCII));
                    var asks = idle.getOutputStream()) {
                assertThat(said.readLine()).isEqualTo("open " + IDLE);
                Await.until("all are accepted", () -> collector.connections() >= IDLE);
                long with = load(collector);
                System.err.printf(
                        "%,d idle connections: %,d requests/s with them, %,d without%n",
                        IDLE, with / LOAD.toSeconds(), without / LOAD.toSeconds());
                asks.write('\n');
                asks.flush();
                assertThat(said.readLine()).isEqualTo("answered " + IDLE);
            } finally {
                idle.destroyForcibly();
            }
            Await.until("all are closed", () -> collector.connections() == 0);
        }
    }

    private static List<String> command(int port) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                IdleClients.class.getName(),
                Integer.toString(port),
                Integer.toString(IDLE));
    }

    /** Requests answered; fails if one is answered otherwise than by 200. */
    private static long load(TestCollector collector) {
        var end = System.nanoTime() + LOAD.toNanos();
        var clients = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> work(collector, end), IdleConnectionsIT::run))
                .limit(BUSY)
                .toList();
        return clients.stream().mapToLong(CompletableFuture::join).sum();
    }

    private static void run(Runnable work) {
        new Thread(work, "busy").start();
    }

    private static long work(TestCollector collector, long end) {
        long answered = 0;
        try (var client = collector.client()) {
            for (; System.nanoTime() < end; answered++) {
                assertThat(client.send(REQUEST).answer().status()).isEqualTo(200);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return answered;
    }
}
