package dev.questline.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SlowStopIT {
    @TempDir
    private Path folder;

    @Test
    void whatTakesLongToStopEndsInTimeAndWithTheExitCodeOfItsWork() throws Exception {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Dquestline.log=" + folder.resolve("spark.log"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SlowToStop.class.getName(),
                        "sql",
                        "--help")
                .redirectOutput(folder.resolve("stdout").toFile())
                .redirectError(folder.resolve("stderr").toFile())
                .start();
        try {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    /** The process with a shutdown hook that never ends, in place of a Spark that stops slowly. */
    static final class SlowToStop {
        private SlowToStop() {}

        public static void main(String[] args) {
            Runtime.getRuntime().addShutdownHook(new Thread(SlowToStop::sleep));
            Main.main(args);
        }

        private static void sleep() {
            try {
                Thread.sleep(Long.MAX_VALUE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
