package dev.questline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole workflow through {@code ./questline}, as a stranger runs it. */
class DemoIT {
    @TempDir
    Path temporary;

    @Test
    void runsEveryStepAndLeavesNothing() throws Exception {
        var demo = start("demo");
        assertThat(demo.waitFor(10, TimeUnit.MINUTES)).isTrue();
        var said = Files.readString(temporary.resolve("out"));

        assertThat(demo.exitValue()).as(said).isZero();
        assertThat(said).as("what is built is not built again").doesNotContain("building");
        for (int step = 1; step <= 12; step++) {
            assertThat(said).contains("[" + step + "/12]");
        }
        assertThat(after(said, "$ questline tail -o beginning -e"))
                .contains("{\"event_type\":\"purchase_sword\",\"Host\":\"user1.comcast.com\"");
        assertThat(after(said, "$ questline extract --event-type purchase_sword"))
                .contains("""
                        root
                         |-- Accept: string (nullable = true)
                         |-- Host: string (nullable = true)
                         |-- User-Agent: string (nullable = true)
                         |-- event_type: string (nullable = true)
                         |-- timestamp: string (nullable = true)
                        """)
                .contains("(20 rows)");
        assertThat(after(said, "$ questline extract\n"))
                .contains(" |-- description: string (nullable = true)", "(50 rows)", "very sharp knife");
        assertThat(after(said, "$ questline fs -ls purchases"))
                .contains("_SUCCESS")
                .containsPattern("part-.*\\.snappy\\.parquet");
        assertThat(after(said, "$ questline fs -ls hdfs://"))
                .contains("_SUCCESS")
                .containsPattern("part-.*\\.snappy\\.parquet");
        assertThat(after(said, "$ questline sql 'select * from purchases where Host"))
                .contains("(10 rows)");
        assertThat(after(said, "$ questline sql 'summarize purchases'")).contains("User-Agent", "(5 rows)");
        assertThat(after(said, "$ questline shell swords.jsh"))
                .contains("statistic | Accept", "top       | ", "(5 rows)")
                .containsPattern("purchase_sword \\| +10\n\\(1 row\\)");
        assertThat(leftovers()).isEmpty();
        assertThat(processesIn(temporary)).isEmpty();
    }

    @Test
    void endsCleanlyWhenInterrupted() throws Exception {
        var demo = start("demo");
        awaitText("[1/12]");
        Thread.sleep(ThreadLocalRandom.current().nextInt(10_000));
        new ProcessBuilder("kill", "-INT", String.valueOf(demo.pid())).start().waitFor();

        assertThat(demo.waitFor(60, TimeUnit.SECONDS))
                .as("ended within a minute")
                .isTrue();
        assertThat(demo.exitValue()).isNotZero();
        assertThat(leftovers()).isEmpty();
        assertThat(processesIn(temporary)).isEmpty();
    }

    private Process start(String... args) throws IOException {
        var command = new java.util.ArrayList<>(
                TestProject.withCtrlC(checkout().resolve("questline").toString()));
        command.addAll(List.of(args));
        var builder = new ProcessBuilder(command)
                .directory(temporary.toFile())
                .redirectErrorStream(true)
                .redirectOutput(temporary.resolve("out").toFile());
        builder.environment().put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary);
        return builder.start();
    }

    private void awaitText(String text) throws Exception {
        for (int i = 0; i < 2400; i++) {
            if (Files.readString(temporary.resolve("out")).contains(text)) {
                return;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("never said " + text + ":\n" + Files.readString(temporary.resolve("out")));
    }

    private List<Path> leftovers() throws IOException {
        try (var files = Files.list(temporary)) {
            return files.filter(file -> file.getFileName().toString().startsWith("questline-demo"))
                    .toList();
        }
    }

    private static List<String> processesIn(Path folder) {
        return ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine().orElse(""))
                .filter(line -> line.contains(folder.toString()))
                .toList();
    }

    private static String after(String said, String command) {
        int at = said.indexOf(command);
        assertThat(at).as("shows " + command).isNotNegative();
        var output = said.substring(said.indexOf('\n', at) + 1);
        int end = output.indexOf("\n$ ");
        return end < 0 ? output : output.substring(0, end);
    }

    static Path checkout() {
        return Path.of(System.getProperty("questline.checkout"));
    }
}
