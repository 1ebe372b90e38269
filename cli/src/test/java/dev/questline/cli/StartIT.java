package dev.questline.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.questline.log.LoopbackPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start that does not come to its end. */
class StartIT {
    @TempDir
    Path folder;

    private TestProject project;

    @BeforeEach
    void project() throws IOException {
        project = new TestProject(folder);
    }

    @AfterEach
    void down() {
        project.run("down");
    }

    @Test
    void saysWhichBrokerItWaitsFor() throws Exception {
        var nowhere = "localhost:" + LoopbackPort.anyFree();
        var up = new String[] {"up", "-d", "--wait-timeout", "1", "--set", "kafka.bootstrap_servers=" + nowhere};

        var first = project.run(up);
        assertThat(first.exitCode()).isEqualTo(1);
        assertThat(first.err()).contains("the stack was not ready after 1 s").doesNotContain("\tat ");
        for (int i = 0; i < 300 && !project.run("status").out().contains("no broker answers at " + nowhere); i++) {
            Thread.sleep(100);
        }
        var second = project.run(up);
        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.err()).contains("not ready after 1 s (broker: no broker answers at " + nowhere);

        var status = project.run("status", "--output", "json");
        assertThat(status.exitCode()).isEqualTo(1);
        assertThat(status.out())
                .contains("{\"name\":\"collector\",\"status\":\"not_ready\",")
                .contains("\"note\":\"the event log takes no events: no answer from " + nowhere);

        assertThat(project.run("down").exitCode()).isZero();
        assertThat(project.processes()).isEmpty();
    }

    @Test
    void aPortThatIsTakenIsToldByItsSetting() throws Exception {
        try (var taken = new ServerSocket(0)) {
            var up = project.run("up", "-d", "--set", "sql.port=" + taken.getLocalPort());
            assertThat(up.exitCode()).isEqualTo(1);
            assertThat(up.err())
                    .contains("port " + taken.getLocalPort() + " is taken; set another, or off, by sql.port")
                    .doesNotContain("\tat ");
        }
        assertThat(project.processes()).isEmpty();
    }

    /** Of such an answer Kafka's clients would make a message of 1.2 GB. */
    @Test
    void aServerThatIsNoKafkaIsToldWhereverKafkaIsMeant() throws Exception {
        try (var other = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            CompletableFuture.runAsync(() -> answerAsAWebServer(other));
            var server = "localhost:" + other.getLocalPort();
            for (var command : List.of("collect", "tail", "extract", "kafka-topics --list")) {
                var run = project.run((command + " --bootstrap-server " + server).split(" "));
                assertThat(run.exitCode()).as(command).isEqualTo(1);
                assertThat(run.err())
                        .contains("what answers at " + server + " is no Kafka")
                        .doesNotContain("\tat ");
            }
            var up = project.run("up", "-d", "--set", "kafka.bootstrap_servers=" + server);
            assertThat(up.exitCode()).isEqualTo(1);
            assertThat(up.err()).contains("what answers at " + server + " is no Kafka");
            var own = project.run("up", "-d", "--set", "kafka.port=" + other.getLocalPort());
            assertThat(own.exitCode()).isEqualTo(1);
            assertThat(own.err()).contains("port " + other.getLocalPort() + " is taken");
        }
        assertThat(project.processes()).isEmpty();
    }

    private static void answerAsAWebServer(ServerSocket server) {
        while (!server.isClosed()) {
            try (var client = server.accept()) {
                client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
                client.shutdownOutput();
                client.getInputStream().readAllBytes();
            } catch (IOException gone) {
                // the client, or this server
            }
        }
    }

    @Test
    void twoAtOnceAreOneStack() throws Exception {
        var other = CompletableFuture.supplyAsync(() -> project.run("up", "-d"));
        var one = project.run("up", "-d");

        assertThat(one.exitCode()).as(one.err()).isZero();
        assertThat(other.get().exitCode()).as(other.get().err()).isZero();
        assertThat(List.of(one.err(), other.get().err())).anyMatch(said -> said.contains("already "));
        assertThat(one.out()).isEqualTo(other.get().out());
    }

    @Test
    void statusTellsOfAMistakeInTheFile() throws Exception {
        Files.writeString(project.file(), "kafak: {}\n");

        assertThat(project.run("status").err()).contains("questline.yaml:1: there is no section 'kafak'");
        assertThat(project.run("status", "--output", "json").out())
                .contains("\"mistake\":\"" + project.file() + ":1: there is no section 'kafak'");
        Files.delete(project.file());
        assertThat(project.run("status", "--output", "json").out()).contains("\"mistake\":null");
    }

    @Test
    void aLinkToTheDataStays() throws Exception {
        var elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.createSymbolicLink(folder.resolve(".questline"), elsewhere);
        Files.writeString(elsewhere.resolve("data"), "events");

        assertThat(project.run("down", "-v").exitCode()).isZero();

        assertThat(elsewhere).isEmptyDirectory();
        assertThat(folder.resolve(".questline")).isSymbolicLink();
    }

    @Test
    void aCollectorSaysWhichBrokerItWaitsFor() throws Exception {
        var nowhere = "localhost:" + LoopbackPort.anyFree();
        var collect = project.launch("collect", "--bootstrap-server", nowhere);
        for (int i = 0; i < 600 && !said().contains("no broker answers at " + nowhere); i++) {
            Thread.sleep(50);
        }
        assertThat(said()).contains("no broker answers at " + nowhere + " yet");
        TestProject.interrupt(collect);
    }

    private String said() throws IOException {
        return Files.readString(folder.resolve("out"));
    }

    @Test
    void isFoundByADownThatComesAtOnce() throws Exception {
        var up = project.launch("up");
        while (!Files.exists(folder.resolve(".questline/run/lock"))) {
            Thread.sleep(5);
        }
        var down = project.run("down", "-v");
        assertThat(down.exitCode()).as(down.err()).isZero();
        assertThat(up.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(folder.resolve(".questline")).doesNotExist();
        assertThat(project.processes()).isEmpty();
    }

    @Test
    void isBrokenOffAtAnyMoment() throws Exception {
        for (int latest : new int[] {1000, 3000, 8000}) {
            int millis = ThreadLocalRandom.current().nextInt(latest);
            var up = project.launch("up");
            Thread.sleep(millis);

            assertThat(TestProject.interrupt(up)).as("after %d ms", millis).isEqualTo(130);
            assertThat(project.processes()).as("after %d ms", millis).isEmpty();
            assertThat(project.run("status").out()).as("after %d ms", millis).doesNotContain("broker");
        }
        var up = project.launchUntilEventsAreTaken("up");
        Files.writeString(folder.resolve(".questline/run/stack.json"), "damaged");
        var down = project.run("down");
        assertThat(down.exitCode()).as(down.err()).isZero();
        assertThat(up.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(project.processes()).isEmpty();
    }
}
