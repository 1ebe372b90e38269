package dev.questline.cli;

import dev.questline.cli.stack.RollingFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.function.Consumer;

/** A log file's lines as they come; one that is half written waits for its end. */
final class LogTail {
    private final Path file;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();
    private long position;
    private Optional<Object> identity = Optional.empty();

    LogTail(Path file) {
        this.file = file;
    }

    /**
     * Hands over what has been finished since the last call; another file in its place, or a shorter, is read anew, after
     * the rest of the one that was put aside.
     */
    void newLines(Consumer<String> lines) throws IOException {
        var found = identity(file);
        try (var channel = FileChannel.open(file)) {
            if (!found.equals(identity(file))) {
                return; // put aside just now: the next call finds both in their places
            }
            if (!found.equals(identity)) {
                readPutAside(lines);
                startAnew();
                identity = found;
            } else if (channel.size() < position) {
                startAnew();
            }
            read(channel, lines);
        } catch (NoSuchFileException e) {
            if (!isPutAside()) {
                startAnew(); // deleted meanwhile, as by a `down -v`
                identity = Optional.empty();
            }
        }
    }

    private void readPutAside(Consumer<String> lines) throws IOException {
        if (isPutAside()) {
            try (var channel = FileChannel.open(aside())) {
                read(channel, lines);
            }
        }
    }

    private boolean isPutAside() throws IOException {
        return identity.isPresent() && identity(aside()).equals(identity);
    }

    private Path aside() {
        return file.resolveSibling(file.getFileName() + RollingFile.ASIDE);
    }

    /** What stays the same when the file is renamed; nothing of one that is not there. */
    private static Optional<Object> identity(Path file) throws IOException {
        try {
            return Optional.ofNullable(
                    Files.readAttributes(file, BasicFileAttributes.class).fileKey());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private void read(FileChannel channel, Consumer<String> lines) throws IOException {
        channel.position(position);
        while (channel.read(buffer.clear()) > 0) {
            buffer.flip();
            position += buffer.remaining();
            cut(lines);
        }
    }

    /** What stands behind the last line's end. */
    Optional<String> unfinishedLine() {
        return unfinished.size() == 0 ? Optional.empty() : Optional.of(takeUnfinished());
    }

    private void cut(Consumer<String> lines) {
        while (buffer.hasRemaining()) {
            byte next = buffer.get();
            if (next == '\n') {
                lines.accept(takeUnfinished());
            } else {
                unfinished.write(next);
            }
        }
    }

    private String takeUnfinished() {
        var line = unfinished.toString(StandardCharsets.UTF_8);
        unfinished.reset();
        return line;
    }

    private void startAnew() {
        position = 0;
        unfinished.reset();
    }
}
