package dev.questline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.questline.log.LoopbackPort;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
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
import java.util.concurrent.TimeUnit;

/** A project on ports of its own, and the command run in it, in this JVM. */
final class TestProject {
    static final String GAME = """
            events:
              default:
                route: GET /
                answer: "This is the default response!\\n"
              purchase_sword:
                route: GET /purchase_a_sword
                answer: "Sword Purchased!\\n"
            """;
    static final String KNIFE = """
              purchase_knife:
                route: GET /purchase_a_knife
                answer: "Knife Purchased!\\n"
                fields:
                  description: very sharp knife
            """;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Path folder;
    private final int collectorPort = LoopbackPort.anyFree();
    private final int managementPort = LoopbackPort.anyFree();
    private final int kafkaPort = LoopbackPort.anyFree();
    private final int sqlPort = LoopbackPort.anyFree();
    private final int hdfsPort = LoopbackPort.anyFree();

    TestProject(Path folder) throws IOException {
        this.folder = folder;
        Files.writeString(file(), """
                collector:
                  port: %d
                  management_port: %d
                kafka:
                  port: %d
                sql:
                  port: %d
                hdfs:
                  port: %d
                %s""".formatted(collectorPort, managementPort, kafkaPort, sqlPort, hdfsPort, GAME));
    }

    /** What a command printed and exited with. */
    record Result(int exitCode, String out, String err) {}

    Result run(String... args) {
        return runIn(folder, args);
    }

    Result runWith(String standardInput, String... args) {
        return run(folder, new ByteArrayInputStream(standardInput.getBytes(StandardCharsets.UTF_8)), args);
    }

    static Result runIn(Path folder, String... args) {
        return run(folder, InputStream.nullInputStream(), args);
    }

    private static Result run(Path folder, InputStream in, String... args) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var caller = new Caller(print(out), print(err), in, folder, Map.of());
        int exitCode = Main.run(caller, args);
        return new Result(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return get(url(), path);
    }

    /** What the collector's management port says. */
    HttpResponse<String> getManagement(String path) throws IOException, InterruptedException {
        return get("http://127.0.0.1:" + managementPort, path);
    }

    private static HttpResponse<String> get(String server, String path) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(server + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    Path folder() {
        return folder;
    }

    Path file() {
        return folder.resolve("questline.yaml");
    }

    String url() {
        return "http://127.0.0.1:" + collectorPort;
    }

    String bootstrapServers() {
        return "localhost:" + kafkaPort;
    }

    int collectorPort() {
        return collectorPort;
    }

    String jdbcUrl() {
        return "jdbc:arrow-flight-sql://127.0.0.1:" + sqlPort + "/?useEncryption=false";
    }

    int kafkaPort() {
        return kafkaPort;
    }

    String hdfs() {
        return "hdfs://localhost:" + hdfsPort;
    }

    /** The launcher in a process of its own, in the project's folder; what it says goes to the file {@code out} there. */
    Process launch(String... args) throws IOException {
        var command =
                new ArrayList<>(withCtrlC(DemoIT.checkout().resolve("questline").toString()));
        command.addAll(List.of(args));
        command.addAll(List.of("--project", folder.toString()));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(out().toFile())
                .start();
    }

    /**
     * Tests that run in a shell's background ignore Ctrl-C, and so would their children; a command at a prompt does not.
     * Where {@code env} is not GNU's, that is left as it is.
     */
    static List<String> withCtrlC(String command) throws IOException {
        var withDefault = List.of("env", "--default-signal=INT");
        var trial = new ArrayList<>(withDefault);
        trial.add("true");
        var all = new ArrayList<>(isSuccess(trial) ? withDefault : List.<String>of());
        all.add(command);
        return all;
    }

    private static boolean isSuccess(List<String> command) throws IOException {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Path out() {
        return folder.resolve("out");
    }

    /** The stack, or what else answers at its port, in a process of its own; Spark may still be starting then. */
    Process launchUntilEventsAreTaken(String... args) throws IOException, InterruptedException {
        var collecting = launch(args);
        for (int i = 0; i < 1200 && !takesEvents(); i++) {
            assertThat(collecting.isAlive()).as(Files.readString(out())).isTrue();
            Thread.sleep(50);
        }
        boolean taken = takesEvents();
        if (!taken) {
            collecting.destroy();
        }
        assertThat(taken).as(Files.readString(out())).isTrue();
        return collecting;
    }

    private boolean takesEvents() throws InterruptedException {
        try {
            return get("/").statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Ctrl-C, and the exit code. */
    static int interrupt(Process process) throws IOException, InterruptedException {
        signal("INT", process.pid());
        assertThat(process.waitFor(20, TimeUnit.SECONDS))
                .as("ends when interrupted")
                .isTrue();
        return process.exitValue();
    }

    /** Neither answering nor ended, as one that hangs. */
    static void whileStopped(long pid, Runnable check) throws IOException, InterruptedException {
        signal("STOP", pid);
        try {
            check.run();
        } finally {
            signal("CONT", pid);
        }
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(pid)).start().waitFor();
    }

    /** Every process there is that names the project's folder. */
    List<ProcessHandle> processes() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(folder.toString()))
                .filter(ProcessHandle::isAlive)
                .toList();
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
