package dev.questline.log;

import dev.questline.event.UserError;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * The folder of a broker, locked for this process and formatted: {@code lock}, and Kafka's own directory {@code data},
 * which appears whole or not at all, so that a process killed while formatting leaves nothing half done.
 */
final class BrokerFolder implements AutoCloseable {
    private static final long MIB = 1024 * 1024;
    private static final long MIN_BYTES = 64 * MIB;

    private final Path folder;
    private final FileChannel lock;

    private BrokerFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    static BrokerFolder open(Path folder) {
        try {
            Files.createDirectories(folder);
            requireSpace(folder, usableBytes(folder));
            var opened = new BrokerFolder(folder, lock(folder));
            opened.formatOrClose();
            return opened;
        } catch (IOException e) {
            throw UserError.failed("the broker cannot use the folder " + folder + ": " + reason(e), e);
        }
    }

    /** Kafka's own log directory. */
    Path data() {
        return folder.resolve("data");
    }

    /** Kafka maps files into memory, and on a full disk the process gets faults where others get errors. */
    static void requireSpace(Path folder, long usableBytes) {
        if (usableBytes < MIN_BYTES) {
            throw UserError.failed("the disk of " + folder + " has " + usableBytes / MIB
                    + " MiB left; the broker needs " + MIN_BYTES / MIB + " MiB to start");
        }
    }

    private static long usableBytes(Path folder) throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    /** What to add to the reason of a broker's death. */
    String state() {
        try {
            var left = usableBytes(folder) / MIB;
            return left == 0
                    ? "no space is left on the disk of " + folder
                    : left + " MiB left on the disk of " + folder;
        } catch (IOException e) {
            return "the folder " + folder + " cannot be read: " + reason(e);
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        var channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!tryLock(channel)) {
            channel.close();
            throw UserError.failed("another broker uses the folder " + folder + "; stop it first (questline down)");
        }
        return channel;
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // held in this very process
        }
    }

    private void formatOrClose() throws IOException {
        try {
            formatUnlessDone();
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private void formatUnlessDone() throws IOException {
        if (Files.exists(data().resolve("meta.properties"))) {
            return;
        }
        if (!isEmpty(data())) {
            throw UserError.failed(
                    data() + " is not the data of a Kafka broker (it has no meta.properties); move it away");
        }
        var fresh = folder.resolve("data.new");
        delete(fresh);
        Files.createDirectory(fresh);
        format(fresh);
        Files.move(fresh, data(), StandardCopyOption.ATOMIC_MOVE);
    }

    private static boolean isEmpty(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return true;
        }
        try (var files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private static void format(Path fresh) throws IOException {
        try {
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                    .setNodeId(BrokerConfig.NODE)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setControllerListenerName(BrokerConfig.CONTROLLER_LISTENER)
                    .setDirectories(List.of(fresh.toString()))
                    .setMetadataLogDirectory(fresh.toString())
                    .run();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("Kafka cannot format " + fresh, e);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> {
                    try {
                        Files.delete(file);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }
    }

    private static String reason(IOException e) {
        if (e instanceof FileAlreadyExistsException) {
            return e.getMessage() + " is not a folder";
        }
        return e instanceof AccessDeniedException ? "no permission to write " + e.getMessage() : e.toString();
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot release the lock of " + folder, e);
        }
    }
}
