package dev.questline.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallerTest {
    @TempDir
    private Path home;

    @Test
    void theProjectIsLookedForFromTheFolderGivenUpwards() throws Exception {
        Files.createFile(home.resolve("questline.yaml"));
        Files.createDirectories(home.resolve("scripts/daily"));
        var caller = new Caller(home.resolve("scripts"), 0, System.out, System.err);

        assertThat(caller.project(Optional.empty())).isEqualTo(home);
        assertThat(caller.project(Optional.of(Path.of("daily")))).isEqualTo(home);
        assertThat(caller.project(Optional.of(Path.of("..")))).isEqualTo(home);
    }
}
