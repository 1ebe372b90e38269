package dev.questline.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A broker in a process of its own, which a test can kill. Its output goes to the test's. */
final class BrokerProcess {
    private final Process process;

    private BrokerProcess(Process process) {
        this.process = process;
    }

    /** What runs in that process: prints a line once the broker answers, ends with its standard input. */
    public static void main(String[] arguments) throws IOException {
        try (var broker = EmbeddedBroker.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]))) {
            System.out.println("up at " + broker.bootstrapServers());
            while (System.in.read() >= 0) {
                // not yet
            }
        }
    }

    static BrokerProcess start(Path folder, int port) {
        try {
            var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
            return new BrokerProcess(new ProcessBuilder(
                            java,
                            "-Xmx256m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            BrokerProcess.class.getName(),
                            folder.toString(),
                            String.valueOf(port))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it answers. */
    BrokerProcess awaitUp() {
        try {
            if (process.inputReader().readLine() == null) {
                throw new AssertionError("the broker did not start");
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stands still until {@link #resume}, with all its connections. */
    void suspend() {
        signal("-STOP");
    }

    void resume() {
        signal("-CONT");
    }

    private void signal(String name) {
        try {
            var kill = new ProcessBuilder("kill", name, String.valueOf(process.pid()))
                    .inheritIO()
                    .start();
            if (kill.waitFor() != 0) {
                throw new AssertionError("kill " + name + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** As SIGKILL does, at once. */
    void kill() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                throw new AssertionError("it cannot be killed");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
