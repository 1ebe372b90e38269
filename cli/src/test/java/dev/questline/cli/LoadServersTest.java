package dev.questline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.questline.cli.load.ScriptedServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command against servers other than the collector: those that speak otherwise, stall or are too slow. */
@Timeout(120)
class LoadServersTest {
    @TempDir
    Path folder;

    private TestProject.Result load(String url, String... arguments) {
        var line = new ArrayList<>(List.of("load", "--no-read-back"));
        line.addAll(List.of(arguments));
        line.add(url);
        return TestProject.runIn(folder, line.toArray(String[]::new));
    }

    private JsonNode json(String url, String... arguments) throws IOException {
        var line = new ArrayList<>(List.of(arguments));
        line.addAll(List.of("--output", "json"));
        var result = load(url, line.toArray(String[]::new));
        assertThat(result.exitCode()).as(result.err()).isZero();
        return new ObjectMapper().readTree(result.out());
    }

    @Test
    void understandsChunks() throws IOException {
        var answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
        try (var server = ScriptedServer.start(head -> answer)) {
            var result = load(server.url(), "-n", "50", "-c", "2", "-k");
            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(result.out())
                    .contains("Complete requests:      50\nFailed requests:        0\n")
                    .contains("Keep-Alive requests:    50\n", "HTML transferred:       250 bytes\n");
            assertThat(server.connectionCount()).isEqualTo(2);
        }
    }

    @Test
    void understandsThatTheConnectionsEndIsTheAnswers() throws IOException {
        try (var server = ScriptedServer.start(head -> "HTTP/1.0 200 OK\r\n\r\nabc")) {
            var result = load(server.url(), "-n", "20", "-c", "2", "-k");
            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(result.out())
                    .contains("Complete requests:      20\nFailed requests:        0\nKeep-Alive requests:    0\n")
                    .contains("HTML transferred:       60 bytes\n");
        }
    }

    @Test
    void countsWhatIsBrokenOffAsFailed() throws IOException {
        var brokenOff = "HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nabc";
        try (var server = ScriptedServer.start(head -> brokenOff)) {
            var result = load(server.url(), "-n", "5");
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.out()).contains("Complete requests:      0\n", "Connect: 0, Receive: 5, Length: 0");
        }
    }

    /** ApacheBench takes the first answer for the document, and all others would then have failed. */
    @Test
    void theDocumentIsTheFirstAnswerWith2xx() throws IOException {
        var count = new AtomicInteger();
        UnaryOperator<String> busyAtFirst = head -> switch (count.incrementAndGet()) {
            case 1, 2 -> "HTTP/1.1 503 No\r\nContent-Length: 7\r\n\r\ntoo bad";
            case 3 -> "HTTP/1.1 404 No\r\nContent-Length: 2\r\n\r\nno";
            case 8 -> "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok!";
            default -> ScriptedServer.ok();
        };
        try (var server = ScriptedServer.start(busyAtFirst)) {
            var result = load(server.url(), "-n", "10", "-k");
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.out())
                    .contains("Document Length:        2 bytes\n", "Complete requests:      10\n")
                    .contains("Failed requests:        3\n   (Connect: 0, Receive: 0, Length: 3, Exceptions: 0)\n")
                    .contains("Non-2xx responses:      3\n");
        }
    }

    @Test
    void withoutA2xxTheDocumentIsTheFirstAnswer() throws IOException {
        var count = new AtomicInteger();
        try (var server = ScriptedServer.start(head -> count.incrementAndGet() == 4
                ? "HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n"
                : "HTTP/1.1 503 No\r\nContent-Length: 7\r\n\r\ntoo bad")) {
            assertThat(load(server.url(), "-n", "5", "-k").out())
                    .contains("Document Length:        7 bytes\n", "Length: 1, ", "Non-2xx responses:      5\n");
        }
    }

    @Test
    void aTimeAloneIsNoLimitToTheRequests() throws IOException {
        try (var server = ScriptedServer.start(head -> ScriptedServer.ok())) {
            var result = json(server.url(), "-t", "1", "-c", "2", "-k");
            assertThat(result.get("seconds").asDouble()).isGreaterThanOrEqualTo(1);
            assertThat(result.get("complete").asLong()).isGreaterThan(2);
        }
    }

    /** What an open loop is for: a closed one asks too little while the server stalls to notice it. */
    @Test
    void aStallShowsInTheOpenLoopAndHardlyInTheClosed() throws IOException {
        try (var server = ScriptedServer.start(stallingOnce())) {
            var open = json(server.url(), "-n", "1000", "-c", "4", "-k", "--rate", "500");
            assertThat(open.get("complete").asInt()).isEqualTo(1000);
            assertThat(latency(open, "p99")).isGreaterThan(STALL_MILLIS * 0.8);
            assertThat(latency(open, "p90")).isGreaterThan(STALL_MILLIS * 0.1);
        }
        try (var server = ScriptedServer.start(stallingOnce())) {
            var closed = json(server.url(), "-n", "1000", "-c", "4", "-k");
            assertThat(latency(closed, "max")).isGreaterThan(STALL_MILLIS * 0.9);
            assertThat(latency(closed, "p99")).isLessThan(STALL_MILLIS * 0.5);
        }
    }

    private static final int STALL_MILLIS = 300;

    private static double latency(JsonNode result, String which) {
        return result.get("latency_ms").get(which).asDouble();
    }

    /** At its hundredth request it stands still, whoever asks. */
    private static UnaryOperator<String> stallingOnce() {
        var count = new AtomicInteger();
        var gate = new Object();
        return head -> {
            synchronized (gate) {
                if (count.incrementAndGet() == 100) {
                    sleep(STALL_MILLIS);
                }
                return ScriptedServer.ok();
            }
        };
    }

    /** What a server takes to accept all of them at once is not what it takes to answer. */
    @Test
    void aScheduleBeginsWithItsConnectionsOpen() throws IOException {
        var connectionsAtFirst = new AtomicInteger();
        var server = new AtomicReference<ScriptedServer>();
        server.set(ScriptedServer.start(head -> {
            connectionsAtFirst.compareAndSet(0, server.get().connectionCount());
            return ScriptedServer.ok();
        }));
        try (var running = server.get()) {
            load(running.url(), "-n", "3", "-c", "3", "-k", "--rate", "50");
            assertThat(connectionsAtFirst).hasValue(3);
            assertThat(running.connectionCount()).isEqualTo(3);
        }
    }

    @Test
    void keepsToItsSchedule() throws IOException {
        try (var server = ScriptedServer.start(head -> ScriptedServer.ok())) {
            var schedule = json(server.url(), "-t", "1", "-c", "4", "-k", "--rate", "200");
            assertThat(schedule.get("seconds").asDouble()).isGreaterThan(0.99);
            assertThat(schedule.get("complete").asInt()
                            + schedule.get("schedule").get("not_sent").asInt())
                    .isEqualTo(200);
            assertThat(schedule.get("schedule").get("requests_per_second").asDouble())
                    .isEqualTo(200);
            assertThat(schedule.get("schedule")
                            .get("achieved_requests_per_second")
                            .asDouble())
                    .isBetween(20.0, 200.1);
        }
    }

    @Test
    void saysHowFarBehindItsScheduleItEnded() throws IOException {
        try (var server = ScriptedServer.start(head -> {
            sleep(20);
            return ScriptedServer.ok();
        })) {
            var result = load(server.url(), "-t", "1", "-k", "--rate", "1000");
            assertThat(result.exitCode()).isZero();
            assertThat(result.out())
                    .contains("Scheduled rate:         1000.00 [#/sec]\n")
                    .containsPattern("Achieved rate: +([1-4]?\\d|50)\\.\\d\\d ")
                    .containsPattern("Behind schedule: +1\\d{3}\\.\\d{3} \\[ms]")
                    .containsPattern("Not sent in time: +9\\d\\d\n")
                    .containsPattern("  p50 +(9|1\\d)\\d\\d\\.\\d{3}\n");
        }
    }

    @Test
    void ctrlCEndsWithTheSummarySoFar() throws Exception {
        var asked = new AtomicInteger();
        try (var server = ScriptedServer.start(head -> {
            asked.incrementAndGet();
            sleep(1);
            return ScriptedServer.ok();
        })) {
            var out = folder.resolve("out");
            var err = folder.resolve("err");
            var load = launch(out, err, "load", "-t", "100", "-c", "2", "-k", "--no-read-back", server.url());
            while (load.isAlive() && asked.get() < 100) {
                Thread.sleep(5);
            }
            assertThat(TestProject.interrupt(load)).isEqualTo(Interruption.EXIT_CODE);
            assertThat(Files.readString(out))
                    .containsPattern("Complete requests: +[1-9]\\d")
                    .contains("  p99.9 ");
            assertThat(Files.readString(err)).contains("the run was broken off: interrupted");
        }
    }

    /** The command in a process of its own, as only such a one can be interrupted. */
    static Process launch(Path out, Path err, String... arguments) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ArrayList<>(TestProject.withCtrlC(java));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.questline.cli.Main"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
