package dev.questline.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The process's standard output. A {@link java.io.PrintStream} over it swallows errors: this one says so at once, since
 * a result that is lost must not look like one that was delivered. A reader that has gone, as {@code head} does, has what
 * it wanted.
 */
final class StandardOutput extends OutputStream {
    private static volatile boolean failed;

    private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);

    /** Whether something written to it was lost although somebody wanted it. */
    static boolean hasFailed() {
        return failed;
    }

    /** Writing to one fails only if its reader has gone; the reason's text is in the user's language. */
    private static boolean isPipe() {
        try {
            var output = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
            return output.startsWith("pipe:") || output.startsWith("socket:");
        } catch (IOException | UnsupportedOperationException noSuchSystem) {
            return !Files.isRegularFile(Path.of("/dev/stdout"));
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            if (!failed && !isPipe()) {
                failed = true;
                System.err.println("questline: cannot write to standard output: " + e.getMessage());
            }
            throw e;
        }
    }
}
