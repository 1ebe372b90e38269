package dev.questline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
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

    @Test
    void theUsersOwnFlagsWin() throws IOException {
        assertThat(flags("collect", "-Xmx160m  -XX:NewRatio=3"))
                .containsPattern("MaxHeapSize += 167772160 ")
                .containsPattern("NewRatio += 3 ");
    }

    private static String flags(String command) throws IOException {
        return flags(command, "");
    }

    private static String flags(String command, String own) throws IOException {
        var builder = new ProcessBuilder(PROGRAM.toString(), command, "--help").redirectErrorStream(true);
        builder.environment().put("JDK_JAVA_OPTIONS", "-XX:+PrintFlagsFinal");
        builder.environment().put("QUESTLINE_JAVA_OPTS", own);
        return new String(builder.start().getInputStream().readAllBytes(), UTF_8);
    }
}
