package dev.questline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.questline.log.LoopbackPort;
import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The notebook and the shell on a stack with an hour of a game's events. */
class NotebookIT {
    /** Debian's, whose packages .ci/run installs; another Python's may be first on the path and have none of them. */
    private static final String PYTHON = "/usr/bin/python3";

    private static final int STARTS = Integer.getInteger("questline.kernel.starts", 2);

    @TempDir
    private static Path folder;

    private static TestProject project;
    private static String jupyterPath;

    @BeforeAll
    static void play() throws Exception {
        project = new TestProject(folder);
        assertThat(project.run("up", "-d").exitCode()).isZero();
        assertThat(GameHour.send(project.bootstrapServers(), "events")).isEqualTo(509);
        var extracted = project.run("extract", "--event-type", "purchase_sword", "--write", "purchases");
        assertThat(extracted.out()).contains("wrote 55 rows");
        jupyterPath = project.run("notebook", "--register").out().strip();
    }

    @AfterAll
    static void down() {
        project.run("down", "-v");
    }

    @Test
    void theNotebookRunsHeadless() throws Exception {
        assumeJupyter("nbconvert", "the notebook");
        Files.copy(DemoIT.checkout().resolve("notebooks/purchases.ipynb"), folder.resolve("purchases.ipynb"));
        python("-m", "nbconvert", "--to", "notebook", "--execute", "--output", "done.ipynb", "purchases.ipynb");

        var cells = cells(folder.resolve("done.ipynb"));
        assertThat(cells).allSatisfy(cell -> assertThat(kinds(cell)).doesNotContain("error"));
        assertThat(shown(cells, "%%sql user1")).contains("user1.comcast.com", "(3 rows)");
        assertThat(shown(cells, "describe(purchases)")).contains("count     | 55", "top", "user1.comcast.com");
        assertThat(shown(cells, "describe(players)")).contains("mean", "| 5.3625   | 0.6875   | 0.3125");
        assertThat(shown(cells, "%%sql\nselect if(session")).contains("first |       80 |     45", "later");
        for (var chart : List.of("line(table(\"minutes\")", "bar(sql(", "histogram(")) {
            assertThat(last(cells, chart).at("/data/image~1png").asText().length())
                    .isGreaterThan(10_000);
        }
    }

    /** What is stored beside the cells is what they give, and none of it an error. */
    @Test
    void theNotebookIsStoredWithItsOutputs() throws Exception {
        var cells = cells(DemoIT.checkout().resolve("notebooks/purchases.ipynb"));
        assertThat(shown(cells, "describe(players)")).contains("mean", "| 5.3625   | 0.6875   | 0.3125");
        assertThat(cells).allSatisfy(cell -> assertThat(kinds(cell)).doesNotContain("error", "stream"));
    }

    @Test
    void jupytersClientIsServed() throws Exception {
        assumeJupyter("jupyter_client", "the kernel's protocol");
        assertThat(python(script(), "protocol")).contains("ok lambdas in tasks", "ok history");
    }

    @Test
    void everyKernelStarts() throws Exception {
        assumeJupyter("jupyter_client", "starts of the kernel");
        var said = python(script(), "starts", String.valueOf(STARTS));
        System.out.print(said);
        assertThat(said).contains("KERNEL " + STARTS + " of " + STARTS + " starts");
    }

    @Test
    void jupyterStartsWithTheKernel() throws Exception {
        assumeJupyter("notebook", "Jupyter itself");
        int port = LoopbackPort.anyFree();
        var jupyter = project.launch(
                "notebook", "--no-browser", "--allow-root", "--port", port + "", "--NotebookApp.token=secret");
        try {
            var specs = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/kernelspecs?token=secret"))
                    .build();
            String answer = "";
            for (int i = 0; i < 600 && !answer.contains("questline"); i++) {
                assertThat(jupyter.isAlive()).isTrue();
                try {
                    answer = HttpClient.newHttpClient()
                            .send(specs, HttpResponse.BodyHandlers.ofString())
                            .body();
                } catch (java.io.IOException notYet) {
                    Thread.sleep(100);
                }
            }
            assertThat(answer).contains("Questline (Java, Spark)");
        } finally {
            jupyter.destroy();
            assertThat(jupyter.waitFor(20, java.util.concurrent.TimeUnit.SECONDS))
                    .isTrue();
        }
        assertThat(project.processes())
                .noneMatch(process -> process.info().commandLine().orElse("").contains("--port " + port));
    }

    @Test
    void theShellRunsAPipeAndAFile() throws Exception {
        Files.writeString(folder.resolve("cells.jsh"), """
                var swords = extract("purchase_sword");
                swords.count()
                if (swords.count() > 5) {
                    System.out.println("many");
                }
                spark.range(5)
                    .filter("id > 1")
                    .count()
                if (swords.isEmpty()) {
                    System.out.println("none");
                }
                else {
                    System.out.println("some");
                }
                table("purchase")
                1 + 1
                """);
        var script = shell("", "cells.jsh");
        assertThat(script.out()).isEqualTo("55\nmany\n3\nsome\n");
        assertThat(script.err())
                .contains(
                        "line 15, SQL line 1, column 7: ",
                        "there is no table 'purchase'",
                        "did you mean 'purchases'?",
                        "  table(\"purchase\")");
        assertThat(script.exitCode()).isOne();

        assertThat(shell("1 + 1\n/exit\n2 + 2\n")).isEqualTo(new TestProject.Result(0, "2\n", ""));
        var piped = shell("%%sql\nselect count(*) as n\nfrom events;\n");
        assertThat(piped).isEqualTo(new TestProject.Result(0, "  n\n---\n509\n(1 row)\n", ""));
        assertThat(project.run("shell", "missing.jsh").exitCode()).isEqualTo(2);
    }

    /** The launcher's process, as standard input has to be a real one. */
    private static TestProject.Result shell(String input, String... more) throws Exception {
        var command =
                new ArrayList<>(List.of(DemoIT.checkout().resolve("questline").toString(), "shell"));
        command.addAll(List.of(more));
        var in = Files.writeString(folder.resolve("in"), input);
        var err = folder.resolve("err");
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(in.toFile())
                .redirectError(err.toFile())
                .start();
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new TestProject.Result(process.waitFor(), out, Files.readString(err));
    }

    private static String script() {
        return DemoIT.checkout().resolve("cli/src/test/python/kernel.py").toString();
    }

    private static String python(String... args) throws Exception {
        var command = new ArrayList<>(List.of(PYTHON));
        command.addAll(List.of(args));
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(Map.of("JUPYTER_PATH", jupyterPath, "PYTHONIOENCODING", "utf-8"));
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private static void assumeJupyter(String module, String what) throws Exception {
        var there = new File(PYTHON).canExecute()
                && new ProcessBuilder(PYTHON, "-c", "import " + module).start().waitFor() == 0;
        if (!there) {
            System.out.println("LEFT OUT: " + what + ": " + PYTHON + " has no " + module);
        }
        assumeTrue(there);
    }

    private static List<JsonNode> cells(Path notebook) throws Exception {
        var cells = new ObjectMapper().readTree(notebook.toFile()).get("cells");
        return StreamSupport.stream(cells.spliterator(), false)
                .filter(cell -> cell.get("cell_type").asText().equals("code"))
                .toList();
    }

    private static List<String> kinds(JsonNode cell) {
        return StreamSupport.stream(cell.get("outputs").spliterator(), false)
                .map(output -> output.get("output_type").asText())
                .toList();
    }

    private static JsonNode cell(List<JsonNode> cells, String begin) {
        return cells.stream()
                .filter(cell -> joined(cell.get("source")).startsWith(begin)
                        || joined(cell.get("source")).contains("\n" + begin))
                .findFirst()
                .orElseThrow();
    }

    private static String shown(List<JsonNode> cells, String begin) {
        return joined(last(cells, begin).at("/data/text~1plain"));
    }

    /** What a cell gives; before it may stand what was shown of its progress. */
    private static JsonNode last(List<JsonNode> cells, String begin) {
        var outputs = cell(cells, begin).get("outputs");
        return outputs.get(outputs.size() - 1);
    }

    /** Notebooks keep texts as lists of lines. */
    private static String joined(JsonNode lines) {
        var text = new StringBuilder();
        lines.forEach(line -> text.append(line.asText()));
        return text.isEmpty() ? lines.asText() : text.toString();
    }
}
