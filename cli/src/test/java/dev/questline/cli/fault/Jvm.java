package dev.questline.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A Java process with the tests' classes, which a test can kill, stop and let go on. */
final class Jvm implements AutoCloseable {
    private static final int ENDED_BY_SIGTERM = 128 + 15;

    private final Process process;

    private Jvm(Process process) {
        this.process = process;
    }

    /** Starts it; what it says to stderr goes to the test's. */
    static Jvm start(Surroundings surroundings, List<String> options, Class<?> main, String... args) {
        var command = new ArrayList<>(surroundings.wrapper());
        command.addAll(command(options, main, args));
        var builder = new ProcessBuilder(command).redirectError(Redirect.INHERIT);
        builder.environment().putAll(surroundings.environment());
        try {
            return new Jvm(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> command(List<String> options, Class<?> main, String... args) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+UseSerialGC");
        command.add(System.getenv("QUESTLINE_JAVA_OPTS"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(args));
        return command;
    }

    /**
     * What a process runs in.
     *
     * @param wrapper a command that becomes the process whose command line follows
     */
    record Surroundings(List<String> wrapper, Map<String, String> environment) {
        static final Surroundings PLAIN = new Surroundings(List.of(), Map.of());
    }

    /** Waits for the first line it says. */
    void awaitFirstLine() {
        try {
            assertThat(process.inputReader().readLine()).as("it said").isNotNull();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets it say what it likes. */
    void dropOutput() {
        var reader = new Thread(() -> {
            try {
                process.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
            } catch (IOException e) {
                // it has ended
            }
        });
        reader.setDaemon(true);
        reader.start();
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL, at once. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** SIGTERM, as for an orderly end. {@link Process#destroy} would end its input too, and with that the process. */
    void end() {
        signal("-TERM");
        awaitEnd();
        assertThat(process.exitValue()).as("what it ended by").isEqualTo(ENDED_BY_SIGTERM);
    }

    private void awaitEnd() {
        try {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("it ended").isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** As by SIGSTOP: it holds all it has and does nothing. */
    void stop() {
        signal("-STOP");
    }

    void goOn() {
        signal("-CONT");
    }

    private void signal(String name) {
        try {
            var kill = new ProcessBuilder("kill", name, String.valueOf(pid())).start();
            assertThat(kill.waitFor()).as("kill " + name).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        kill();
    }

    /** For the process itself: returns when its parent has ended or let go of it. */
    static void awaitEndOfInput() {
        try {
            while (System.in.read() >= 0) {
                // not yet
            }
        } catch (IOException e) {
            // as good as the end
        }
    }
}
