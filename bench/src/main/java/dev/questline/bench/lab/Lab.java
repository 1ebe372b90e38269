package dev.questline.bench.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where processes are started, in a temporary folder. Closing it, which Ctrl-C does too, ends them all and deletes the
 * folder; after that none can be started.
 */
public final class Lab implements AutoCloseable {
    private final Checkout checkout;
    private final Path folder;
    private final AtomicInteger names = new AtomicInteger();
    private final List<Started> started = new ArrayList<>();
    private final List<DetachedStack> detached = new ArrayList<>();
    private boolean closed;

    private Lab(Checkout checkout, Path folder) {
        this.checkout = checkout;
        this.folder = folder;
    }

    public static Lab open(Checkout checkout) throws IOException {
        var lab = new Lab(checkout, Files.createTempDirectory("questline-bench-"));
        Runtime.getRuntime().addShutdownHook(new Thread(lab::close, "lab-close"));
        return lab;
    }

    public Checkout checkout() {
        return checkout;
    }

    /** A new folder. */
    public Path newFolder(String name) throws IOException {
        return Files.createDirectory(newPath(name));
    }

    private Path newPath(String name) {
        return folder.resolve(name.replaceAll("[^a-z0-9]+", "-") + "-" + names.incrementAndGet());
    }

    public Started start(String name, List<String> command) throws IOException {
        return start(name, command, Map.of());
    }

    /** Starts a process in a new folder; its standard input stays open, its output goes into files. */
    public synchronized Started start(String name, List<String> command, Map<String, String> environment)
            throws IOException {
        if (closed) {
            throw new IOException("the bench is ending");
        }
        var place = newFolder(name);
        var out = place.resolve("out");
        var err = place.resolve("err");
        var builder = new ProcessBuilder(command)
                .directory(place.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        // Settings of the user's would be measured instead of the defaults.
        builder.environment().keySet().removeIf(variable -> variable.startsWith("QUESTLINE_"));
        builder.environment().put("QUESTLINE_JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        var process = new Started(name, builder.start(), out, err);
        started.removeIf(earlier -> !earlier.isAlive());
        started.add(process);
        return process;
    }

    /** Runs a command to its end and gives its standard output. */
    public String run(String name, Duration limit, List<String> command) throws IOException, InterruptedException {
        try (var process = start(name, command)) {
            return process.await(limit);
        }
    }

    /** To be called before {@code up -d} is started in a project: the stack is no child of ours. */
    synchronized DetachedStack expectStack(Path project) {
        var stack = new DetachedStack(project);
        detached.add(stack);
        return stack;
    }

    /** Whether the bench is being ended: what fails now fails for that. */
    public synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            started.stream().parallel().forEach(Started::close);
            detached.forEach(DetachedStack::close);
            started.clear();
            delete(folder);
        }
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + folder, e);
        }
    }
}
