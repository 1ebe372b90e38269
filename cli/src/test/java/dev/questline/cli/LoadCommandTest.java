package dev.questline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.questline.collect.AccessLog;
import dev.questline.collect.Collector;
import dev.questline.event.Catalog;
import dev.questline.event.Event;
import dev.questline.event.Settings;
import dev.questline.log.EventLog;
import dev.questline.log.LogUnavailable;
import dev.questline.log.LoopbackPort;
import dev.questline.log.Receipt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command against a collector whose log is a list. */
class LoadCommandTest {
    private final ListLog log = new ListLog();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private int port;
    private Collector collector;

    @BeforeEach
    void start() throws IOException {
        port = LoopbackPort.anyFree();
        collector =
                Collector.start(Settings.Collector.at("127.0.0.1", port), () -> Catalog.BUILT_IN, log, AccessLog.off());
    }

    @AfterEach
    void stop() {
        collector.close();
    }

    private int load(String... arguments) {
        var line = new ArrayList<>(List.of("load"));
        line.addAll(List.of(arguments));
        var caller = new Caller(
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                System.in,
                Path.of("."),
                Map.of());
        return Main.run(caller, line.toArray(String[]::new));
    }

    private int loadUnchecked(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.add("--no-read-back");
        return load(all.toArray(String[]::new));
    }

    private String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void sendsAsManyAsAskedAndSumsUp(boolean keepAlive) {
        var arguments = new ArrayList<>(
                List.of("-n", "1000", "-c", "20", "-H", "Host: user1.comcast.com", url("/purchase_a_sword")));
        if (keepAlive) {
            arguments.add("-k");
        }
        assertThat(loadUnchecked(arguments.toArray(String[]::new))).isZero();

        assertThat(out.toString(UTF_8))
                .contains("Server Software:        questline\n", "Document Length:        17 bytes\n")
                .contains("Complete requests:      1000\nFailed requests:        0\n")
                .contains("HTML transferred:       17000 bytes\n");
        assertThat(out.toString(UTF_8).contains("Keep-Alive requests:    1000\n"))
                .isEqualTo(keepAlive);
        assertThat(err.toString(UTF_8)).contains("Completed 100 requests", "Finished 1000 requests");
        assertThat(log.events).hasSize(1000);
        assertThat(new String(log.events.element().value(), UTF_8)).contains("\"Host\":\"user1.comcast.com\"");
    }

    @Test
    void failsOnAnswersThatAreNo2xx() {
        log.available = false;
        assertThat(loadUnchecked("-n", "5", url("/"))).isEqualTo(1);
        assertThat(out.toString(UTF_8)).contains("Complete requests:      5\n", "Non-2xx responses:      5\n");
    }

    @Test
    void givesOneJsonObject() {
        assertThat(loadUnchecked("-n", "5", "--output", "json", url("/"))).isZero();
        assertThat(out.toString(UTF_8))
                .startsWith("{\"url\":\"" + url("/") + "\",\"concurrency\":1,\"keep_alive\":false,\"seconds\":")
                .contains("\"complete\":5,\"failed\":0,\"non_2xx\":0,", "\"latency_ms\":{\"mean\":")
                .endsWith("\"log\":{\"not_read_back\":\"--no-read-back\"}}\n");
    }

    @Test
    void sendsEveryHeaderOfAName() {
        var headers = new String[] {"-H", "X-Tag: a", "-H", "x-tag: \u2713", "-H", "accept: text/plain"};
        assertThat(loadUnchecked(with(headers, url("/")))).isZero();
        assertThat(new String(log.events.element().value(), UTF_8))
                .contains("\"X-Tag\":\"a, \u2713\"", "\"Accept\":\"text/plain\"");
    }

    @Test
    void leavesTheIdsToItselfWhenItReadsTheLogBack() {
        var id = new String[] {"-H", "idempotency-key: mine"};
        assertThat(load(with(id, url("/")))).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("-H 'idempotency-key: mine'", "--no-read-back");
        assertThat(log.events).isEmpty();
        assertThat(loadUnchecked(with(id, url("/")))).isZero();
        assertThat(log.events).extracting(Event::id).containsExactly("mine");
    }

    private static String[] with(String[] flags, String url) {
        var all = new ArrayList<>(List.of(flags));
        all.add(url);
        return all.toArray(String[]::new);
    }

    @Test
    void sendsAFile(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("body"), "x".repeat(1000));
        assertThat(loadUnchecked("-n", "2", "-p", file.toString(), "-T", "text/csv", "-m", "GET", url("/")))
                .isZero();
        assertThat(new String(log.events.element().value(), UTF_8))
                .contains("\"Content-Length\":\"1000\"", "\"Content-Type\":\"text/csv\"");
        assertThat(loadUnchecked("-n", "2", "-p", file.toString(), url("/"))).isEqualTo(1);
    }

    @Test
    void showsAnswersWhenAsked() {
        loadUnchecked("-v", "2", url("/"));
        assertThat(err.toString(UTF_8)).contains("HTTP/1.0 200 OK", "This is the default response!");
    }

    @Test
    void stopsWhenItsTimeIsUp() {
        var before = System.nanoTime();
        assertThat(loadUnchecked("-t", "1", "-n", "100000000", "-c", "2", "-k", url("/")))
                .isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(30));
        assertThat(out.toString(UTF_8)).containsPattern("Complete requests: +[1-9]");
    }

    @Test
    void endsWhenTheServerHangs() throws IOException {
        try (var hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var before = System.nanoTime();
            var address = "http://127.0.0.1:" + hanging.getLocalPort() + "/";
            assertThat(loadUnchecked("-s", "1", "-n", "50", "-c", "5", address)).isEqualTo(1);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(30));
        }
        assertThat(out.toString(UTF_8))
                .contains("Complete requests:      0\n", "Failed requests:        5\n", "Exceptions: 5)");
        assertThat(err.toString(UTF_8)).contains("broken off: a request took longer than 1.0 s");
    }

    @Test
    void saysOnceThatNothingIsThere() throws IOException {
        var address = "http://127.0.0.1:" + LoopbackPort.anyFree() + "/";
        assertThat(loadUnchecked("-n", "50", "-c", "5", address)).isEqualTo(1);
        assertThat(err.toString(UTF_8))
                .startsWith("questline: cannot connect to " + address)
                .hasLineCount(1);
        assertThat(out.toString(UTF_8)).isEmpty();
    }

    @Test
    void saysThatAHostIsUnknown() {
        assertThat(loadUnchecked("http://no-such-host.invalid/")).isEqualTo(1);
        assertThat(err.toString(UTF_8)).isEqualTo("questline: the host 'no-such-host.invalid' is unknown\n");
    }

    @ParameterizedTest
    @CsvSource({
        "-n 0 URL,                -n 0",
        "-n 5 -c 6 URL,           -c 6 is more than the 5",
        "-n five URL,             five",
        "-H nonsense URL,         nonsense",
        "-s 0 URL,                -s 0",
        "-p a -u b URL,           exclude",
        "-m G=T URL,              G=T",
        "--rate 100 URL,          --rate needs -n or -t",
        "--rate 0 -n 5 URL,       --rate 0",
        "--retry -1 URL,          --retry -1",
        "--threads 0 URL,         --threads 0",
        "ftp://localhost/,        http://",
        "localhost:5000,          http://",
        "--output xml URL,        xml",
        "-n 5,                    URL"
    })
    void namesWrongUse(String arguments, String named) {
        assertThat(loadUnchecked(arguments.replace("URL", url("/")).split(" "))).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains(named);
        assertThat(log.events).isEmpty();
    }

    private static final class ListLog implements EventLog {
        final Queue<Event> events = new ConcurrentLinkedQueue<>();
        volatile boolean available = true;

        @Override
        public CompletionStage<Receipt> append(Event event) {
            if (!available) {
                return CompletableFuture.failedFuture(new LogUnavailable("away"));
            }
            events.add(event);
            return CompletableFuture.completedFuture(new Receipt("events", 0, events.size() - 1, false));
        }

        @Override
        public Optional<String> trouble() {
            return available ? Optional.empty() : Optional.of("it is away");
        }

        @Override
        public void close() {}
    }
}
