package dev.questline.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An archive made as a stack makes it, of a few classes, and a JVM told to start from it or not at all. */
class ClassArchiveIT {
    private static final List<String> MAIN = List.of("dev.questline.cli.Main", "--version");

    @TempDir
    Path folder;

    @Test
    void madeOfWhatAProcessHasLoaded() throws Exception {
        var archive = new ClassArchive(folder, "light", classPath());
        assertThat(archive.use()).isEmpty();
        run(archive.record());
        Files.createFile(folder.resolve("light-1.classes")); // as a killed stack leaves it
        archive.note(MAIN.toArray(String[]::new)); // The same once more, of which a Java may die.
        archive.make();

        assertThat(archive.record()).isEmpty();
        var flags = new ArrayList<>(archive.use());
        flags.addAll(List.of("-Xshare:on", "-Xlog:class+load"));
        assertThat(run(flags)).contains("dev.questline.cli.Main source: shared objects file");
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(folder.resolve("light.jsa"));
        }
    }

    @Test
    void aJavaThatFailsIsNotAskedAgain() throws Exception {
        var archive = new ClassArchive(folder, "light", folder.toString());
        Files.writeString(Path.of(archive.record().get(0).replaceFirst(".*=", "")), "java/lang/Object nonsense\n");
        archive.make();
        assertThat(archive.use()).isEmpty();
        assertThat(archive.record()).isEmpty();
    }

    private static String classPath() {
        return Path.of(System.getProperty("questline.home")).resolve("lib") + "/*";
    }

    private static String run(List<String> flags) throws IOException {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
        command.add("-XX:+UseSerialGC");
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath()));
        command.addAll(MAIN);
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
}
