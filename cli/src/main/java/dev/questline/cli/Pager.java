package dev.questline.cli;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** A result for a person: held back up to a screenful; what is longer goes through the pager from its beginning. */
final class Pager extends OutputStream {
    private final OutputStream screen;
    private final int height;
    private final Optional<String> command;
    private final Map<String, String> environment;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private final ByteArrayOutputStream saidLater = new ByteArrayOutputStream();
    private int lines;
    private boolean isShown;
    private Optional<Process> pager = Optional.empty();

    /** @param height lines of the screen */
    Pager(OutputStream screen, int height, Map<String, String> environment) {
        this.screen = screen;
        this.height = height;
        this.environment = environment;
        this.command = command(environment);
    }

    /** As psql chooses: what PAGER says, else less, else none; an empty PAGER is none. */
    private static Optional<String> command(Map<String, String> environment) {
        var hasLess = Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> new File(folder, "less").canExecute());
        return Optional.of(environment.getOrDefault("PAGER", hasLess ? "less" : ""))
                .filter(command -> !command.isBlank());
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        if (isShown) {
            target().write(bytes, from, length);
            return;
        }
        held.write(bytes, from, length);
        for (int i = from; i < from + length; i++) {
            lines += bytes[i] == '\n' ? 1 : 0;
        }
        if (lines >= height) {
            pager = start();
            show();
        }
    }

    private Optional<Process> start() throws IOException {
        if (command.isEmpty()) {
            return Optional.empty();
        }
        var builder = new ProcessBuilder("sh", "-c", command.get())
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        // Long lines are cut at the screen's edge and reached by the arrows; what was shown stays on the screen.
        builder.environment().put("LESS", environment.getOrDefault("LESS", "-SRX"));
        return Optional.of(builder.start());
    }

    private OutputStream target() {
        return pager.map(Process::getOutputStream).orElse(screen);
    }

    private void show() throws IOException {
        isShown = true;
        held.writeTo(target());
        held.reset();
    }

    @Override
    public void flush() throws IOException {
        if (isShown) {
            target().flush();
        }
    }

    /** Takes what is to be said beside the result: at once, but what comes while the pager has the screen after that. */
    OutputStream beside(OutputStream said) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                (pager.isPresent() ? saidLater : said).write(bytes, from, length);
            }

            @Override
            public void flush() throws IOException {
                said.flush();
            }

            @Override
            public void close() throws IOException {
                saidLater.writeTo(said);
                saidLater.reset();
                said.flush();
            }
        };
    }

    /** Returns once the pager was left. */
    @Override
    public void close() throws IOException {
        try {
            if (!isShown) {
                show();
            }
            target().flush();
        } finally {
            if (pager.isPresent()) {
                await(pager.get());
            }
        }
    }

    private static void await(Process pager) throws IOException {
        try {
            pager.getOutputStream().close();
        } catch (IOException e) {
            // It was left before its end.
        }
        try {
            pager.waitFor();
        } catch (InterruptedException e) {
            pager.destroy();
            Thread.currentThread().interrupt();
        }
    }
}
