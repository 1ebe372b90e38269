package dev.questline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command that believes a person sits at its terminal: {@code script} from util-linux makes one. */
final class PseudoTerminal implements AutoCloseable {
    private static final int SECONDS = 60;

    private final Process script;
    private final StringBuilder screen = new StringBuilder();
    private int seen;

    PseudoTerminal(String command, Path folder, Map<String, String> environment) throws IOException {
        // A dash that waits for its child remembers a Ctrl-C of long ago and makes it the exit code.
        var builder = new ProcessBuilder("script", "-qefc", "exec " + command, "/dev/null").directory(folder.toFile());
        builder.environment().put("TERM", "xterm");
        builder.environment().putAll(environment);
        script = builder.redirectErrorStream(true).start();
        var reader = new Thread(this::read, "screen");
        reader.setDaemon(true);
        reader.start();
    }

    static boolean isPossible() {
        return Path.of("/usr/bin/script").toFile().canExecute();
    }

    private void read() {
        var buffer = new char[4096];
        try (var from = new InputStreamReader(script.getInputStream(), StandardCharsets.UTF_8)) {
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                append(buffer, n);
            }
        } catch (IOException e) {
            append("closed".toCharArray(), 6);
        }
    }

    private synchronized void append(char[] text, int length) {
        screen.append(text, 0, length);
        notifyAll();
    }

    void type(String keys) throws IOException {
        script.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
        script.getOutputStream().flush();
    }

    /** Waits until it is on the screen, behind what was awaited before. */
    synchronized void await(String text) throws InterruptedException {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        for (var left = SECONDS * 1000L; screen.indexOf(text, seen) < 0 && left > 0; ) {
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        }
        assertThat(screen.substring(seen)).contains(text);
        seen = screen.indexOf(text, seen) + text.length();
    }

    int exitCode() throws InterruptedException {
        assertThat(script.waitFor(SECONDS, TimeUnit.SECONDS)).as("ends").isTrue();
        return script.exitValue();
    }

    @Override
    public void close() {
        script.destroy();
    }
}
