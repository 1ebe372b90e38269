package dev.questline.collect;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AccessLogTest {
    private static final long SECOND = Instant.parse("2026-11-22T17:19:46Z").getEpochSecond();
    private static final AccessLine SWORD =
            new AccessLine("127.0.0.1", SECOND, "GET /purchase_a_sword HTTP/1.0", 200, 17);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private String lines() {
        return out.toString(US_ASCII);
    }

    @Test
    void writesTheCommonLogFormat() {
        try (var log = AccessLog.to(out)) {
            log.add(SWORD);
            log.add(new AccessLine("::1", SECOND + 14, "GET / HTTP/1.1", 200, 30));
            log.add(new AccessLine("::1", SECOND + 14, "HEAD / HTTP/1.1", 405, 0));
        }
        assertThat(lines()).isEqualTo("""
                        127.0.0.1 - - [22/Nov/2026:17:19:46 +0000] "GET /purchase_a_sword HTTP/1.0" 200 17
                        ::1 - - [22/Nov/2026:17:20:00 +0000] "GET / HTTP/1.1" 200 30
                        ::1 - - [22/Nov/2026:17:20:00 +0000] "HEAD / HTTP/1.1" 405 -
                        """);
    }

    @Test
    void quotesWhatWouldForgeALine() {
        try (var log = AccessLog.to(out)) {
            log.add(new AccessLine("::1", SECOND, "GET /\"\\\r\n\u001b[2J\u00e9 HTTP/1.1", 404, 1));
        }
        assertThat(lines()).endsWith("\"GET /\\\"\\\\\\x0d\\x0a\\x1b[2J\\xe9 HTTP/1.1\" 404 1\n");
    }

    @Test
    void losesNoLineOnClosing() {
        try (var log = AccessLog.to(out)) {
            for (int i = 0; i < 50_000; i++) {
                log.add(SWORD);
            }
        }
        assertThat(lines().lines()).hasSize(50_000);
    }

    @Test
    void writesWithoutWaitingForMoreLines() throws InterruptedException {
        try (var log = AccessLog.to(out)) {
            log.add(SWORD);
            for (int i = 0; i < 100 && out.size() == 0; i++) {
                Thread.sleep(10);
            }
            assertThat(out.size()).isPositive();
        }
    }

    @Test
    void neverBlocksWhereItsOutputDoes() {
        var before = System.nanoTime();
        try (var log = AccessLog.to(new StandingStill())) {
            for (int i = 0; i < 200_000; i++) {
                log.add(SWORD);
            }
        }
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void goesOnOnceItsOutputTakesLinesAgain() throws InterruptedException {
        var disk = new FullDisk(out);
        try (var log = AccessLog.to(disk)) {
            log.add(SWORD);
            assertThat(disk.refused.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
            disk.full = false;
            log.add(SWORD);
        }
        assertThat(lines().lines()).hasSize(1);
    }

    private static final class FullDisk extends OutputStream {
        private final OutputStream disk;
        private final Semaphore refused = new Semaphore(0);
        private volatile boolean full = true;

        FullDisk(OutputStream disk) {
            this.disk = disk;
        }

        @Override
        public void write(int b) throws IOException {
            if (full) {
                refused.release();
                throw new IOException("No space left on device");
            }
            disk.write(b);
        }
    }

    private static final class StandingStill extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }
}
