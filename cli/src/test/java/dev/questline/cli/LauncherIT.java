package dev.questline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LauncherIT {
    private static final Path PROGRAM =
            Path.of(System.getProperty("questline.home")).resolve("bin/questline");

    /** Half alive it would hold its port and answer nobody, and whoever restarts what has ended would not see it. */
    @ParameterizedTest
    @ValueSource(strings = {"up", "collect"})
    void whoServesEndsWhenMemoryRunsOut(String command) throws IOException {
        assertThat(flags(command)).containsPattern("ExitOnOutOfMemoryError += true");
    }

    /** What it takes of the processors to compile would be in the latencies. */
    @Test
    void anOpenLoopIsNotOptimised() throws IOException {
        assertThat(flags(List.of("load"), "")).containsPattern("TieredStopAtLevel += 4 ");
        assertThat(flags(List.of("load", "-k", "--rate", "10"), "")).containsPattern("TieredStopAtLevel += 1 ");
    }

    @Test
    void theUsersOwnFlagsWin() throws IOException {
        assertThat(flags(List.of("collect"), "-Xmx160m  -XX:NewRatio=3"))
                .containsPattern("MaxHeapSize += 167772160 ")
                .containsPattern("NewRatio += 3 ");
    }

    private static String flags(String command) throws IOException {
        return flags(List.of(command), "");
    }

    private static String flags(List<String> words, String own) throws IOException {
        var line = new ArrayList<>(List.of(PROGRAM.toString()));
        line.addAll(words);
        line.add("--help");
        var builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().put("JDK_JAVA_OPTIONS", "-XX:+PrintFlagsFinal");
        builder.environment().put("QUESTLINE_JAVA_OPTS", own);
        return new String(builder.start().getInputStream().readAllBytes(), UTF_8);
    }
}
