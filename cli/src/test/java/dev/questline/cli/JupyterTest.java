package dev.questline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JupyterTest {
    @TempDir
    Path folder;

    @Test
    void oneThatIsBrokenIsPassedOver() throws Exception {
        program("first/jupyter-notebook", "exit 127");
        var works = program("second/jupyter-notebook", "exit 0");

        assertThat(Jupyter.find(path("first", "second"))).containsExactly(works.toString());
    }

    @Test
    void labServesToo() throws Exception {
        program("first/jupyter", "[ \"$1\" = lab ]");

        assertThat(Jupyter.find(path("first"))).containsExactly(folder.resolve("first/jupyter") + "", "lab");
    }

    @Test
    void noneIsSaidWithAWayToGetOne() throws Exception {
        assertThatThrownBy(() -> Jupyter.find(path("first")))
                .hasMessageStartingWith(
                        "there is no Jupyter on the PATH: get one by `apt-get install jupyter-notebook`");
        var broken = program("first/jupyter", "exit 1");
        assertThatThrownBy(() -> Jupyter.find(path("first")))
                .hasMessageStartingWith("no Jupyter on the PATH works (tried " + broken + "): get one by");
    }

    private Path program(String name, String text) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    private Map<String, String> path(String... folders) {
        return Map.of(
                "PATH", folder.resolve(folders[0]) + (folders.length > 1 ? ":" + folder.resolve(folders[1]) : ""));
    }
}
