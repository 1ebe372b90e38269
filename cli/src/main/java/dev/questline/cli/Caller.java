package dev.questline.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * Who calls a command and from where: the process itself, a step of the demo, or a test.
 *
 * @param out takes results alone
 * @param err takes everything else
 * @param folder what relative paths are relative to
 */
record Caller(PrintStream out, PrintStream err, InputStream in, Path folder, Map<String, String> environment) {
    static Caller process() {
        return new Caller(
                utf8(new StandardOutput(), false),
                utf8(new FileOutputStream(FileDescriptor.err), true),
                System.in,
                Path.of("").toAbsolutePath(),
                System.getenv());
    }

    /** Whether a person sees standard error as it comes; the launcher knows. */
    boolean isInteractive() {
        return environment.getOrDefault("QUESTLINE_TERMINAL", "").equals("true");
    }

    /** Columns of the terminal, 0 if unknown. */
    int width() {
        var columns = environment.getOrDefault("COLUMNS", "");
        return columns.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(columns) : 0;
    }

    private static PrintStream utf8(OutputStream to, boolean flushLines) {
        return new PrintStream(new BufferedOutputStream(to, 1 << 16), flushLines, StandardCharsets.UTF_8);
    }
}
