package dev.questline.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
    @TempDir
    private Path project;

    private Process process;
    private BufferedReader stdout;

    @BeforeEach
    void start() throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dquestline.log=" + project.resolve("spark.log"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.questline.query.Main",
                        "serve",
                        "--project",
                        project.toString())
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
        var client = client();
        var asking = new Thread(() -> run(client, "select count(*) from range(1000000000000) where id % 7 = sqrt(id)"));
        asking.setUncaughtExceptionHandler((thread, answerBrokeOff) -> {});
        asking.setDaemon(true);
        asking.start();
        Thread.sleep(2_000);
        process.getOutputStream().close();

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(stdout.readLine()).isNull();
        assertThat(project.resolve("stderr")).isEmptyFile();
    }

    @Test
    void endsOnSigterm() throws Exception {
        run(client(), "select 1");
        process.destroy();

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(project.resolve("stderr")).isEmptyFile();
    }

    private QueryClient client() throws IOException {
        return new QueryClient(Endpoint.parse(stdout.readLine()), project.resolve("spark.log"));
    }

    private int run(QueryClient client, String statement) {
        var nowhere = new PrintStream(PrintStream.nullOutputStream());
        return client.run(List.of("sql", statement), project, 80, false, nowhere, nowhere);
    }
}
