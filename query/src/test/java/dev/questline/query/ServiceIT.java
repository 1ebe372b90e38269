package dev.questline.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.questline.event.UserError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ServiceIT {
    private static final String ENDLESS = "select count(*) from range(1000000000000) where id % 7 = sqrt(id)";

    private final QueryService service = new QueryService(LocalSpark.SPARK, 0);
    private final Endpoint endpoint = Endpoint.parse(service.readyLine());
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path project;

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void anAnswerComesWithItsExitCode() {
        assertThat(run(false, "select 1 as x", "--output", "csv")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("x\n1\n");
        assertThat(run(false, "drop table x")).isEqualTo(2);
        assertThat(run(false, "selct")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("DROP TABLE is not allowed", "no statement SELCT");
    }

    @Test
    void onlyWhoHasTheTokenIsAnswered() {
        var stranger = new QueryClient(new Endpoint(endpoint.port(), "wrong"), project);

        assertThatThrownBy(() -> stranger.run(List.of("sql", "select 1"), project, 0, false, System.out, System.err))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("token");
    }

    @Test
    void anotherMasterThanTheRunningOneIsRefused() {
        assertThat(run(false, "select 1", "--master", "spark://h:1")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("spark://h:1", "local[4]");
    }

    @Test
    void eightAtOnceDontDisturbEachOther() {
        var answers = IntStream.range(0, 20)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> {
                            var own = new ByteArrayOutputStream();
                            var exit = client().run(
                                            List.of(
                                                    "sql",
                                                    "select " + i + " + count(*) as n from range(100000)",
                                                    "--output",
                                                    "csv"),
                                            project,
                                            0,
                                            true,
                                            new PrintStream(own),
                                            new PrintStream(OutputStream.nullOutputStream()));
                            return exit + own.toString(StandardCharsets.UTF_8);
                        },
                        task -> new Thread(task).start()))
                .toList();

        IntStream.range(0, 20).forEach(i -> assertThat(answers.get(i).join()).isEqualTo("0n\n" + (100_000 + i) + "\n"));
    }

    @Test
    void aCallerThatGoesCancelsItsJobAndNoOther() throws Exception {
        var staying = askEndlessly();
        var going = askEndlessly();
        await(Duration.ofSeconds(60), () -> runningJobs() == 2);

        going.close();
        await(Duration.ofSeconds(40), () -> runningJobs() == 1);
        Thread.sleep(2_000);
        assertThat(runningJobs()).isEqualTo(1);

        staying.close();
        await(Duration.ofSeconds(40), () -> runningJobs() == 0);
    }

    @Test
    void whoWaitsIsTold() throws Exception {
        var before = new ArrayList<Socket>();
        for (int i = 0; i < 9; i++) {
            before.add(askEndlessly());
        }
        await(Duration.ofSeconds(60), () -> runningJobs() == 8);
        var waiting = CompletableFuture.supplyAsync(() -> run(true, "select 1 as x", "--output", "csv"));
        await(
                Duration.ofSeconds(20),
                () -> err.toString(StandardCharsets.UTF_8).contains("\rwaiting for 9 statements"));

        for (var caller : before) {
            caller.close();
        }
        assertThat(waiting.join()).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("x\n1\n");
        await(Duration.ofSeconds(40), () -> runningJobs() == 0);
    }

    private Socket askEndlessly() throws IOException {
        var body = new RunRequest(List.of("sql", ENDLESS), project, 0, false, "").bytes();
        var head = "POST /run HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + endpoint.token()
                + "\r\nContent-Length: " + body.length + "\r\n\r\n";
        var caller = new Socket("127.0.0.1", endpoint.port());
        caller.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
        caller.getOutputStream().write(body);
        return caller;
    }

    @Test
    void aLongStatementShowsProgressThatVanishes() {
        var query = "select count(*) from range(0, 400000000, 1, 100) where id % 7 = sqrt(id)";

        assertThat(run(true, query, "--output", "csv")).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8))
                .containsPattern("\r\\[[=> ]{20}] \\d+% \\(\\d+/\\d+ tasks\\)")
                .endsWith(" \r");
    }

    @Test
    void aSessionKeepsItsViewsAndNothingElse() throws IOException {
        LocalSpark.writePurchases(project);
        assertThat(inSession("a", "create temporary view purchases as select 7 as x; select x from purchases"))
                .isEqualTo("x\n7\n");
        assertThat(inSession("a", "select * from purchases where x = 7")).isEqualTo("x\n7\n");
        assertThat(inSession("b", "select count(*) as n from purchases")).isEqualTo("n\n3\n");
        assertThat(inSession("a", "show tables"))
                .contains("\npurchases,view of this session\n")
                .containsOnlyOnce("purchases");
        assertThat(inSession(
                        "a",
                        "create or replace temp view purchases (y) as select x + 1 from purchases;"
                                + " table purchases"))
                .isEqualTo("y\n8\n");
        assertThat(inSession("a", "drop view purchases; select count(*) as n from purchases"))
                .isEqualTo("n\n3\n");
    }

    private String inSession(String session, String statement) {
        out.reset();
        new QueryClient(endpoint, project, session)
                .run(
                        List.of("sql", "--output", "csv", statement),
                        project,
                        0,
                        false,
                        new PrintStream(out),
                        new PrintStream(err));
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aResultOfAnySizeIsNeverWholeInMemory() {
        var lines = new AtomicLong();
        var few = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                if (b == '\n' && lines.incrementAndGet() == 100_000) {
                    throw new IOException("enough");
                }
            }
        };
        var all = List.of("sql", "--output", "csv", "select rand() as x from range(0, 2000000000, 1, 1)");

        assertThat(client().run(all, project, 0, false, new PrintStream(few), new PrintStream(err)))
                .isZero();
        assertThat(lines).hasValueGreaterThanOrEqualTo(100_000);
    }

    @Test
    void whatTakesTooLongIsEndedAndSaysSo() {
        assertThat(run(false, ENDLESS, "--timeout", "1s")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("questline: cancelled: it took longer than 1 s (--timeout, or the setting sql.timeout)\n");
    }

    @Test
    void theCallerBreaksOff() throws Exception {
        var asking = client();
        var outcome = CompletableFuture.supplyAsync(
                () -> asking.run(List.of("sql", ENDLESS), project, 0, false, System.out, System.err));
        await(Duration.ofSeconds(60), () -> runningJobs() == 1);

        asking.cancel();
        assertThatThrownBy(outcome::join).hasMessageContaining("cancelled");
        await(Duration.ofSeconds(40), () -> runningJobs() == 0);
    }

    private static int runningJobs() {
        return LocalSpark.SPARK.sparkContext().statusTracker().getActiveJobIds().length;
    }

    private static void await(Duration limit, BooleanSupplier condition) throws InterruptedException {
        var end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            Thread.sleep(50);
        }
    }

    private QueryClient client() {
        return new QueryClient(endpoint, project.resolve("spark.log"));
    }

    private int run(boolean progress, String... arguments) {
        var all = IntStream.rangeClosed(0, arguments.length)
                .mapToObj(i -> i == 0 ? "sql" : arguments[i - 1])
                .toList();
        return client().run(all, project, 80, progress, new PrintStream(out), new PrintStream(err));
    }
}
