package dev.questline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.questline.event.Project;
import dev.questline.log.LoopbackPort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows by hand is typed here in its order, and says what the README says. */
class ReadmeIT {
    @TempDir
    Path folder;

    private final int collectorPort = LoopbackPort.anyFree();
    private final int managementPort = LoopbackPort.anyFree();
    private final int sqlPort = LoopbackPort.anyFree();
    private final int kafkaPort = LoopbackPort.anyFree();

    /** A command and the lines shown under it, in which … stands for anything. */
    private record Example(String command, List<String> shown) {}

    @AfterEach
    void down() throws Exception {
        type("questline down -v");
    }

    @Test
    void saysWhatItShows() throws Exception {
        var examples = examples();
        assertThat(examples).hasSizeGreaterThan(10);
        for (var example : examples) {
            if (needsMissingTool(example)) {
                System.out.println("LEFT OUT: curl is not installed: " + example.command());
            } else {
                var said = type(example.command());
                assertThat(squeezed(said)).as("$ " + example.command()).containsPattern(pattern(example.shown()));
            }
        }
    }

    @Test
    void itsCatalogIsOne() throws IOException {
        Files.writeString(folder.resolve("questline.yaml"), between(readme(), "```yaml\n", "```"));
        assertThat(Project.at(folder, Map.of(), Map.of()).catalog().names()).containsExactly("purchase_shield");
    }

    private List<Example> examples() throws IOException {
        var examples = new ArrayList<Example>();
        var byHand = between(readme(), "\n## By hand\n", "\n## ");
        var blocks = Pattern.compile("```console\n(.*?)```", Pattern.DOTALL).matcher(byHand);
        while (blocks.find()) {
            for (var part : blocks.group(1).split("(?m)^\\$ ")) {
                if (!part.isBlank()) {
                    var lines = part.lines().toList();
                    examples.add(new Example(here(lines.get(0)), lines.subList(1, lines.size())));
                }
            }
        }
        return examples;
    }

    private String type(String command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder("sh", "-c", command)
                .directory(folder.toFile())
                .redirectErrorStream(true);
        var environment = builder.environment();
        environment.merge("PATH", DemoIT.checkout() + ":", (path, checkout) -> checkout + path);
        environment.put("QUESTLINE_COLLECTOR_PORT", String.valueOf(collectorPort));
        environment.put("QUESTLINE_COLLECTOR_MANAGEMENT_PORT", String.valueOf(managementPort));
        environment.put("QUESTLINE_SQL_PORT", String.valueOf(sqlPort));
        environment.put("QUESTLINE_KAFKA_PORT", String.valueOf(kafkaPort));
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("$ " + command + "\n" + said).isZero();
        return said;
    }

    /** All lines in order, each with its dots as anything; white space counts as one blank. */
    private String pattern(List<String> shown) {
        return shown.stream()
                .map(line -> Pattern.compile("…")
                        .splitAsStream(squeezed(here(line)))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*")))
                .collect(Collectors.joining("(?s:.*?)"));
    }

    private String here(String text) {
        return text.replace("localhost:5000", "localhost:" + collectorPort)
                .replace("localhost:15000", "localhost:" + managementPort)
                .replace("127.0.0.1:15000", "127.0.0.1:" + managementPort)
                .replace("127.0.0.1:5000", "127.0.0.1:" + collectorPort)
                .replace("127.0.0.1:25000", "127.0.0.1:" + sqlPort)
                .replace("localhost:9092", "localhost:" + kafkaPort);
    }

    private static String squeezed(String text) {
        return text.replaceAll("[ \t]+", " ").replaceAll(" *\n *", "\n").strip();
    }

    private static boolean needsMissingTool(Example example) {
        return example.command().startsWith("curl ")
                && List.of(System.getenv("PATH").split(":")).stream()
                        .noneMatch(folder -> Files.isExecutable(Path.of(folder, "curl")));
    }

    private static String readme() throws IOException {
        return Files.readString(DemoIT.checkout().resolve("README.md"));
    }

    private static String between(String text, String start, String end) {
        int from = text.indexOf(start) + start.length();
        return text.substring(from, text.indexOf(end, from));
    }
}
