package dev.questline.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.questline.cli.stack.Component.Status;
import dev.questline.event.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StackStateTest {
    @TempDir
    Path folder;

    private Project project;
    private Path file;

    @BeforeEach
    void project() {
        project = Project.at(folder, Map.of(), Map.of());
        file = folder.resolve(".questline/run/stack.json");
    }

    @Test
    void whatIsWrittenIsRead() {
        var board = new Board(project, List.of("broker"));
        board.ready("broker", "localhost:9092", null);

        var state = StackState.read(project).orElseThrow();
        assertThat(state).isEqualTo(board.state(null));
        assertThat(state.isReady()).isTrue();
        assertThat(state.settings()).containsEntry("collector.port", "5000");
    }

    @Test
    void thatOfAnotherVersionIsReadAsFarAsItGoes() throws IOException {
        new Board(project, List.of("broker"));
        Files.writeString(file, Files.readString(file).replaceFirst("\"settings\":\\{[^}]*}", "\"later\":[1]"));

        assertThat(StackState.read(project).orElseThrow().isRunning()).isTrue();
        assertThat(StackState.read(project).orElseThrow().settings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}", "null", "[1]"})
    void oneThatIsDamagedIsNone(String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);

        assertThat(StackState.read(project)).isEmpty();
    }

    @Test
    void whyAComponentFailedIsNotForgotten() {
        var board = new Board(project, List.of("broker"));
        board.down("broker", Status.FAILED, "the disk is full");
        board.note("broker", "no broker answers");

        assertThat(board.state(null).component("broker").orElseThrow().note()).isEqualTo("the disk is full");
    }

    /** As a container leaves them whose first process does not wait for others. */
    @Test
    void aProcessWhoseEndNobodyHasHeardOfDoesNotRun() throws Exception {
        var deaf = new ProcessBuilder("sh", "-c", "sleep 0.3 & exec sleep 1000").start();
        try {
            while (deaf.children().findAny().isEmpty()) {
                Thread.sleep(5);
            }
            var child = ProcessId.of(deaf.children().findAny().orElseThrow());
            for (int i = 0; i < 1000 && child.running().isPresent(); i++) {
                Thread.sleep(20);
            }
            assertThat(child.running()).isEmpty();
        } finally {
            deaf.destroyForcibly();
        }
    }

    @Test
    void anotherProcessOfTheSameNumberIsAnother() {
        var self = ProcessId.of(ProcessHandle.current());
        assertThat(self.running()).contains(ProcessHandle.current());
        assertThat(new ProcessId(self.pid(), self.startedAt() - 1).running()).isEmpty();
    }
}
