package dev.questline.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.questline.cli.stack.Component.Status;
import dev.questline.event.Project;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SupervisedProcessTest {
    @TempDir
    Path folder;

    private Board board;

    @BeforeEach
    void board() {
        board = new Board(Project.at(folder, Map.of(), Map.of()), List.of("spark"));
    }

    @AfterEach
    void close() {
        board.close();
    }

    @Test
    void oneThatSaysSomethingElseThanWhereItServesIsStartedAgain() throws Exception {
        try (var spark = supervised("echo nonsense; sleep 1000", process -> {
            throw new IOException("no address: " + process.inputReader().readLine());
        })) {
            assertThat(spark).isNotNull();
            await(Status.RESTARTING);
        }
    }

    @Test
    void oneThatEndsIsNotReadyFromThenOn() throws Exception {
        try (var spark = supervised("read line", process -> "here")) {
            assertThat(spark).isNotNull();
            await(Status.READY);
            ProcessHandle.current().children().forEach(ProcessHandle::destroy);
            await(Status.RESTARTING);
            await(Status.READY);
        }
    }

    private SupervisedProcess supervised(String command, SupervisedProcess.Readiness readiness) {
        var nowhere = new PrintStream(OutputStream.nullOutputStream());
        var log = folder.resolve("spark.log");
        return new SupervisedProcess("spark", List.of("sh", "-c", command), log, readiness, board, nowhere).start();
    }

    private void await(Status status) throws InterruptedException {
        while (board.state(null).component("spark").orElseThrow().status() != status) {
            Thread.sleep(10);
        }
    }
}
