package dev.questline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a user already has works unchanged. A tool that is not installed is left out, and the end says which; in CI
 * (variable CI) that fails.
 */
class OutsideToolsIT {
    @TempDir
    static Path folder;

    private static final List<String> LEFT_OUT = new ArrayList<>();
    private static TestProject project;
    private static Process stack;

    @BeforeAll
    static void up() throws Exception {
        project = new TestProject(folder);
        stack = project.launchUntilEventsAreTaken("up");
    }

    @AfterAll
    static void down() throws Exception {
        TestProject.interrupt(stack);
        LEFT_OUT.forEach(tool -> System.out.println("LEFT OUT: " + tool + " is not installed, its checks did not run"));
        assertThat(System.getenv("CI") != null && !LEFT_OUT.isEmpty())
                .as("CI has every tool")
                .isFalse();
    }

    @Test
    void abWithAndWithoutKeepAlive() throws Exception {
        for (var keepAlive : List.of(List.<String>of(), List.of("-k"))) {
            if (installed("ab")) {
                var command = new ArrayList<>(List.of("ab", "-n", "10", "-H", "Host: user1.comcast.com"));
                command.addAll(keepAlive);
                command.add(project.url() + "/purchase_a_sword");
                var said = run(command);
                assertThat(said).containsPattern("Complete requests: +10\n").containsPattern("Failed requests: +0\n");
                assertThat(said).doesNotContain("Non-2xx").containsPattern("Document Length: +17 bytes");
                if (!keepAlive.isEmpty()) {
                    assertThat(said).containsPattern("Keep-Alive requests: +10\n");
                }
            }
        }
    }

    @Test
    void curl() throws Exception {
        if (installed("curl")) {
            assertThat(run(List.of("curl", "-s", "-H", "Host: user2.att.com", project.url() + "/")))
                    .isEqualTo("This is the default response!\n");
        }
    }

    @Test
    void kcat() throws Exception {
        if (installed("kcat")) {
            assertThat(project.get("/purchase_a_sword").statusCode()).isEqualTo(200);
            var broker = project.bootstrapServers();
            assertThat(run(List.of("kcat", "-C", "-b", broker, "-t", "events", "-o", "beginning", "-e", "-q")))
                    .contains("{\"event_type\":\"purchase_sword\"");
        }
    }

    private static boolean installed(String tool) {
        boolean found = List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
        if (!found && !LEFT_OUT.contains(tool)) {
            LEFT_OUT.add(tool);
        }
        return found;
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
