package dev.questline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {
    @TempDir
    Path folder;

    private Path file;
    private LogTail tail;

    @BeforeEach
    void open() {
        file = folder.resolve("access.log");
        tail = new LogTail(file);
    }

    @Test
    void aLineWaitsForItsEnd() throws IOException {
        write("one\ntw");
        assertThat(newLines()).containsExactly("one");
        write("o\nthrée");
        assertThat(newLines()).containsExactly("two");
        assertThat(tail.unfinishedLine()).contains("thrée");
    }

    @Test
    void longerThanItsBuffer() throws IOException {
        write("x".repeat(200_000) + "\nend\n");
        assertThat(newLines()).containsExactly("x".repeat(200_000), "end");
    }

    @Test
    void startsAnewWithAnotherFile() throws IOException {
        assertThat(newLines()).isEmpty();
        write("one\ntwo\n");
        assertThat(newLines()).hasSize(2);
        Files.delete(file);
        assertThat(newLines()).isEmpty();
        write("three\n");
        assertThat(newLines()).containsExactly("three");
        Files.writeString(file, "4\n");
        assertThat(newLines()).containsExactly("4");
        Files.move(file, folder.resolve("access.log.1"));
        write("a longer one\n");
        assertThat(newLines()).containsExactly("a longer one");
    }

    @Test
    void losesNoLineOfAFileThatIsPutAside() throws IOException {
        write("one\ntw");
        assertThat(newLines()).containsExactly("one");
        write("o\nthree\n");
        Files.move(file, folder.resolve("access.log.1"));
        write("four\n");
        assertThat(newLines()).containsExactly("two", "three", "four");
    }

    private List<String> newLines() throws IOException {
        var lines = new ArrayList<String>();
        tail.newLines(lines::add);
        return lines;
    }

    private void write(String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
