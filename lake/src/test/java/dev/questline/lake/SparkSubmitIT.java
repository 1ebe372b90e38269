package dev.questline.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job's jar under Spark's own submit, on a class path with Spark's jars alone. */
class SparkSubmitIT {
    private static final List<String> OURS = List.of("/classes", "questline", "picocli", "snakeyaml", "uuid-generator");

    @TempDir
    Path folder;

    @Test
    void bringsAllItNeeds() throws Exception {
        assertThat(submit("--help")).contains("--event-type", "--write", "spark-submit");
    }

    @Test
    void tellsOfAMissingBrokerInOneLine() throws Exception {
        assertThat(submit("--bootstrap-server", "127.0.0.1:1").lines().filter(line -> line.startsWith("extract:")))
                .containsExactly("extract: no broker answers at 127.0.0.1:1");
    }

    @Test
    void tellsOfClientPropertiesThatAreNotThereInOneLine() throws Exception {
        assertThat(submit("--command-config", "none.properties").lines().filter(line -> line.startsWith("extract:")))
                .containsExactly("extract: --command-config: there is no file "
                        + folder.toRealPath().resolve("none.properties"));
    }

    private String submit(String... arguments) throws IOException, InterruptedException {
        var classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> OURS.stream().noneMatch(entry::contains))
                .collect(Collectors.joining(File.pathSeparator));
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                "org.apache.spark.deploy.SparkSubmit",
                "--master",
                "local[1]",
                "--class",
                ExtractJob.class.getName(),
                System.getProperty("job.jar")));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        try {
            var output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
            return output;
        } finally {
            process.destroyForcibly();
        }
    }
}
