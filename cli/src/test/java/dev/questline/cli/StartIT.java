package dev.questline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.questline.log.LoopbackPort;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
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
