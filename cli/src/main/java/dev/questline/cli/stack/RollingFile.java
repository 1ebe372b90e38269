package dev.questline.cli.stack;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A log file that is appended to, and put aside as {@code NAME.1} once it is large, in place of the one before: a stack
 * that runs for months keeps no more than twice the limit. Each write goes into one file as a whole. Not thread-safe.
 */
public final class RollingFile extends OutputStream {
    /** What the name of the file that was put aside ends in. */
    public static final String ASIDE = ".1";

    private final Path file;
    private final long limit;
    private FileOutputStream out;
    private long size;

    /** {@code limit} is in bytes. */
    RollingFile(Path file, long limit) throws IOException {
        this.file = file;
        this.limit = limit;
        this.out = new FileOutputStream(file.toFile(), true);
        this.size = Files.size(file);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (size >= limit) {
            roll();
        }
        out.write(bytes, offset, length);
        size += length;
    }

    private void roll() throws IOException {
        Files.move(file, file.resolveSibling(file.getFileName() + ASIDE), StandardCopyOption.REPLACE_EXISTING);
        var next = new FileOutputStream(file.toFile(), true);
        out.close();
        out = next;
        size = 0;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
