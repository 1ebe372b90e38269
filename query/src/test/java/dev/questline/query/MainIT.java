package dev.questline.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The Spark process as its parent sees it. */
@Timeout(180)
class MainIT {
    /** A gigabyte in one value; row by row out of a shuffle, where Spark heeds a cancellation. */
    private static final String FILLS_MEMORY =
            "select size(collect_list(sha2(repeat(id, 300), 512) || repeat('x', 1000)))"
                    + " from (select /*+ repartition(1) */ id from range(1000000))";

    /** The least that Spark starts with; what lives long has only a quarter of it, and is soon too much. */
    private static final List<String> LITTLE_MEMORY =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m", "-Xmn380m");

    @TempDir
    private Path project;

    private Process process;
    private BufferedReader stdout;

    @BeforeEach
    void start() throws IOException {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(LITTLE_MEMORY);
        // As the engines want it of this Java: those that open and allow.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("--"))
                .forEach(command::add);
        command.add("-Dquestline.log=" + project.resolve("spark.log"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.questline.query.Main"));
        command.addAll(List.of("serve", "--project", project.toString()));
        process = new ProcessBuilder(command)
                .redirectError(project.resolve("stderr").toFile())
                .start();
        stdout = process.inputReader(StandardCharsets.UTF_8);
    }

    @AfterEach
    void kill() {
        process.destroyForcibly();
    }

    @Test
    void endsWithItsStandardInputEvenInTheMidstOfAnAnswer() throws Exception {
        var client = client(Endpoint.parse(stdout.readLine()));
        var asking = new Thread(() -> run(
                client,
                "select count(*) from range(1000000000000) where id % 7 = sqrt(id)",
                OutputStream.nullOutputStream()));
        asking.setUncaughtExceptionHandler((thread, answerBrokeOff) -> {});
        asking.setDaemon(true);
        asking.start();
        Thread.sleep(2_000);
        process.getOutputStream().close();

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(stdout.readLine()).isNull();
        assertThat(project.resolve("stderr")).isEmptyFile();
    }

    /** One process for both, as its start is most of the time. */
    @Test
    void aFullMemoryEndsTheStatementAloneAndSigtermTheProcess() throws Exception {
        var endpoint = Endpoint.parse(stdout.readLine());
        var said = new ByteArrayOutputStream();

        assertThat(run(client(endpoint), FILLS_MEMORY, said)).isEqualTo(1);
        assertThat(said.toString(StandardCharsets.UTF_8))
                .matches("questline: cancelled: Spark's memory is full \\(the setting spark.memory, now \\d+ MB\\)\n");
        said.reset();
        assertThat(run(client(endpoint), "select length(repeat('x', 1000000000))", said))
                .isEqualTo(1);
        assertThat(said.toString(StandardCharsets.UTF_8))
                .isEqualTo("questline: the memory is not enough for this: take fewer or shorter values at a time, or"
                        + " raise the setting spark.memory\n");
        said.reset();
        assertThat(run(client(endpoint), "select count(*) from range(1000)", said))
                .isZero();
        assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();

        process.destroy();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(project.resolve("stderr")).isEmptyFile();
    }

    private QueryClient client(Endpoint endpoint) {
        return new QueryClient(endpoint, project.resolve("spark.log"));
    }

    private int run(QueryClient client, String statement, OutputStream err) {
        var nowhere = new PrintStream(PrintStream.nullOutputStream());
        return client.run(List.of("sql", statement), project, 80, false, nowhere, new PrintStream(err, true));
    }
}
