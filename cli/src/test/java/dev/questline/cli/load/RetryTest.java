package dev.questline.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that are sent again, to a server that remembers the ids it has answered with 200. */
@Timeout(60)
class RetryTest {
    private static final Pattern ID = Pattern.compile("Idempotency-Key: (load-r1-(\\d+))\n");
    private static final String EMPTY = "Content-Length: 0\r\n\r\n";

    private final Map<String, AtomicInteger> tries = new ConcurrentHashMap<>();

    private static LoadResult load(String url, int requests, int retries, Duration timeout) {
        var plan = new LoadPlan(
                URI.create(url),
                "GET",
                List.of(),
                new byte[0],
                requests,
                4,
                true,
                OptionalDouble.empty(),
                Optional.empty(),
                timeout,
                retries,
                2,
                Optional.of("r1"),
                false);
        return new LoadRun(plan, new PrintStream(OutputStream.nullOutputStream()), true).run();
    }

    /** How often this id has come, this time included. */
    private int countTry(String head) {
        var id = ID.matcher(head);
        assertThat(id.find()).isTrue();
        return tries.computeIfAbsent(id.group(1), key -> new AtomicInteger()).incrementAndGet();
    }

    private static int number(String head) {
        var id = ID.matcher(head);
        return id.find() ? Integer.parseInt(id.group(2)) : -1;
    }

    @Test
    void sendsAgainUnderTheSameId() throws IOException {
        try (var server = ScriptedServer.start(this::failFirst)) {
            var result = load(server.url(), 40, 3, Duration.ofSeconds(30));
            var found = LogCheck.of(result, "r1", ids -> tries.keySet().forEach(ids));

            assertThat(found).isEqualTo(new LogCheck(40, 40, 40, 0, 0));
            assertThat(result.tally().retried).isEqualTo(30);
            assertThat(result.isClean()).isTrue();
            assertThat(tries).hasSize(40);
            assertThat(tries.values().stream().mapToInt(AtomicInteger::get).sum())
                    .isEqualTo(70);
        }
    }

    /** Of four requests one is taken at once, the others fail a first time, each in its way. */
    private String failFirst(String head) {
        if (countTry(head) > 1) {
            return ScriptedServer.ok();
        }
        return switch (number(head) % 4) {
            case 0 -> "HTTP/1.1 503 No\r\nRetry-After: 0\r\n" + EMPTY;
            case 1 -> "HTTP/1.1 429 Slowly\r\n" + EMPTY;
            case 2 -> ScriptedServer.BREAK_OFF;
            default -> ScriptedServer.ok();
        };
    }

    @Test
    void comesBackWhenTheServerSays() throws IOException {
        var later = "HTTP/1.1 503 No\r\nRetry-After: 1\r\n" + EMPTY;
        try (var server = ScriptedServer.start(head -> countTry(head) == 1 ? later : ScriptedServer.ok())) {
            var result = load(server.url(), 4, 1, Duration.ofSeconds(30));
            assertThat(result.isClean()).isTrue();
            assertThat(result.seconds()).isGreaterThanOrEqualTo(1);
            assertThat(result.tally().total.getMinValue())
                    .as("what it took is counted from the first try")
                    .isGreaterThanOrEqualTo(990_000);
        }
    }

    @Test
    void givesUpAfterAsManyTriesAsAsked() throws IOException {
        try (var server = ScriptedServer.start(head -> {
            countTry(head);
            return "HTTP/1.1 503 No\r\n" + EMPTY;
        })) {
            var result = load(server.url(), 8, 2, Duration.ofSeconds(30));
            assertThat(result.tally().non2xx).isEqualTo(8);
            assertThat(result.tally().sent).isEqualTo(8);
            assertThat(result.tally().retried).isEqualTo(16);
            assertThat(tries.values()).allMatch(count -> count.get() == 3);
        }
    }

    @Test
    void sendsAgainWhatGotNoAnswerInTime() throws IOException {
        try (var server = ScriptedServer.start(head -> {
            if (countTry(head) == 1 && number(head) == 0) {
                sleep(Duration.ofSeconds(20));
            }
            return ScriptedServer.ok();
        })) {
            var result = load(server.url(), 8, 5, Duration.ofSeconds(1));
            assertThat(result.isClean()).isTrue();
            assertThat(result.tally().complete).isEqualTo(8);
            assertThat(tries.get("load-r1-0").get()).isGreaterThan(1);
        }
    }

    @Test
    void outlivesARestart() throws Exception {
        var first = ScriptedServer.start(head -> {
            countTry(head);
            sleep(Duration.ofMillis(1));
            return ScriptedServer.ok();
        });
        var port = first.port();
        var restart = new Thread(() -> restart(first, port));
        restart.start();
        var result = load(first.url(), 2000, 100, Duration.ofSeconds(30));
        restart.join();

        assertThat(result.isClean()).isTrue();
        assertThat(result.tally().retried).isPositive();
        assertThat(LogCheck.of(result, "r1", ids -> tries.keySet().forEach(ids)))
                .isEqualTo(new LogCheck(2000, 2000, 2000, 0, 0));
    }

    private void restart(ScriptedServer first, int port) {
        try {
            while (tries.size() < 100) {
                sleep(Duration.ofMillis(1));
            }
            first.close();
            sleep(Duration.ofMillis(100)); // Long enough for some tries to find nobody there.
            ScriptedServer.start(port, head -> {
                countTry(head);
                return ScriptedServer.ok();
            });
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
