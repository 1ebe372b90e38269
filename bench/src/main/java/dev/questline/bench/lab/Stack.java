package dev.questline.bench.lab;

import dev.questline.cli.stack.StackState;
import dev.questline.query.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A stack that is ready.
 *
 * @param distribution it was started from
 * @param state as it was once it was ready
 */
public record Stack(Server server, Path distribution, Path project, StackState state) implements AutoCloseable {
    /** Where its Spark answers. */
    public Endpoint query() {
        return Objects.requireNonNull(state.query(), "a ready Spark has said where it is");
    }

    /** A command line of {@code questline} in its project. */
    public List<String> command(String... args) {
        return command(distribution, project, args);
    }

    /** The same for a project that no stack needs to run in. */
    public static List<String> command(Path distribution, Path project, String... args) {
        var command =
                new ArrayList<>(List.of(distribution.resolve("bin/questline").toString()));
        command.addAll(List.of(args));
        command.addAll(List.of("--project", project.toString()));
        return command;
    }

    /** The flags of memory, collector and compiler that its Spark process runs with. */
    public List<String> sparkFlags() throws IOException {
        var line = Files.readString(Path.of("/proc", Long.toString(spark().pid()), "cmdline"));
        return Arrays.stream(line.split("\0", -1))
                .takeWhile(flag -> !flag.equals("-cp")) // What follows that is the program's own.
                .filter(flag -> flag.startsWith("-X") || flag.startsWith("--"))
                .filter(flag -> !flag.contains(".jsa") && !flag.contains(".classes"))
                .toList();
    }

    /** The processor time that its Spark process has had so far. */
    public double sparkCpuSeconds() {
        return spark().info().totalCpuDuration().map(Duration::toNanos).orElse(0L) / 1e9;
    }

    private ProcessHandle spark() {
        return state.component("spark")
                .flatMap(spark -> Optional.ofNullable(spark.process()))
                .flatMap(process -> ProcessHandle.of(process.pid()))
                .orElseThrow(() -> new IllegalStateException("the stack's Spark process has ended"));
    }

    @Override
    public void close() {
        server.close();
    }
}
