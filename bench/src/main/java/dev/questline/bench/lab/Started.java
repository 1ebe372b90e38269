package dev.questline.bench.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process of ours, and the files its output goes to. */
public final class Started implements AutoCloseable {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final int LINES_TOLD = 5;
    private static final int MILLIS_BETWEEN_LOOKS = 5;

    private final String name;
    private final Process process;
    private final Path out;
    private final Path err;
    private int linesRead;

    Started(String name, Process process, Path out, Path err) {
        this.name = name;
        this.process = process;
        this.out = out;
        this.err = err;
    }

    public long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The processor time it has had so far, without that of processes it started. */
    public double cpuSeconds() {
        return cpuSeconds(process.toHandle());
    }

    /** The same with its children's. */
    public double cpuSecondsOfAll() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .mapToDouble(Started::cpuSeconds)
                .sum();
    }

    private static double cpuSeconds(ProcessHandle process) {
        return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L) / 1e9;
    }

    public String output() throws IOException {
        return Files.readString(out);
    }

    /** Its output once it has ended well. */
    public String await(Duration limit) throws IOException, InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IOException(name + " did not end within " + limit.toSeconds() + " s" + lastWords());
        }
        if (process.exitValue() != 0) {
            throw new IOException(name + " ended with " + process.exitValue() + lastWords());
        }
        return output();
    }

    /** Writes a line to it and gives the next line that it prints. */
    public String ask(String line, Duration limit) throws IOException, InterruptedException {
        process.outputWriter().write(line + "\n");
        process.outputWriter().flush();
        var deadline = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < deadline && process.isAlive()) {
            var printed = output();
            var lines =
                    printed.substring(0, printed.lastIndexOf('\n') + 1).lines().toList();
            if (lines.size() > linesRead) {
                return lines.get(linesRead++);
            }
            Thread.sleep(MILLIS_BETWEEN_LOOKS);
        }
        throw new IOException(name + " did not answer '" + line + "'" + lastWords());
    }

    /** The end of what it said, for an error's message. */
    String lastWords() throws IOException {
        var lines = Stream.concat(tail(err).stream(), tail(out).stream()).toList();
        return lines.isEmpty() ? "" : ": " + String.join(" / ", lines.subList(0, Math.min(LINES_TOLD, lines.size())));
    }

    private static List<String> tail(Path file) throws IOException {
        if (Files.size(file) > 1 << 20) {
            return List.of(); // an access log
        }
        var lines =
                Files.readString(file).lines().filter(line -> !line.isBlank()).toList();
        return lines.subList(Math.max(0, lines.size() - LINES_TOLD), lines.size());
    }

    /** Ends it and what it started, by force if it takes too long. */
    @Override
    public void close() {
        var children = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
