package dev.questline.cli.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollingFileTest {
    @TempDir
    Path folder;

    @Test
    void putsALargeFileAsideAndKeepsTheLastOne() throws IOException {
        var file = Files.writeString(folder.resolve("access.log"), "before\n");
        try (var rolling = new RollingFile(file, 10)) {
            for (var line : new String[] {"one\n", "two\n", "three, which is long\n", "four\n"}) {
                rolling.write(line.getBytes(UTF_8));
            }
        }
        assertThat(Files.readString(file)).isEqualTo("four\n");
        assertThat(Files.readString(folder.resolve("access.log.1"))).isEqualTo("two\nthree, which is long\n");
    }
}
