package dev.questline.cli.stack;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.questline.event.Project;
import dev.questline.event.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** One stack a project. The operating system lets go of the lock however the process ends. The file names its holder. Not reentrant. */
final class ProjectLock implements AutoCloseable {
    /** Where in the project's data it is, with what else tells of the stack that runs. */
    static final String FOLDER = "run";

    private static final int LOOKS = 5;
    private static final int PAUSE_MILLIS = 50;

    private final FileLock lock;

    private ProjectLock(FileLock lock) {
        this.lock = lock;
    }

    /** Waits for those who only look, and throws a {@link UserError} if a stack holds it. */
    static ProjectLock take(Project project) throws InterruptedException {
        for (int i = 0; i < LOOKS; i++) {
            var lock = tryTake(project);
            if (lock.isPresent()) {
                return lock.get();
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        return tryTake(project)
                .orElseThrow(() -> UserError.failed("a stack of " + project.folder()
                        + " is running already; `questline status` shows it, `questline down` stops it"));
    }

    /** The process that holds it, as far as it still runs; one that has just taken it is waited for to write its name. */
    static Optional<ProcessId> holder(Project project) throws InterruptedException {
        var holder = named(project);
        for (int i = 0; i < LOOKS && holder.isEmpty() && isTaken(project); i++) {
            Thread.sleep(PAUSE_MILLIS);
            holder = named(project);
        }
        return holder;
    }

    private static boolean isTaken(Project project) {
        try (var channel = FileChannel.open(file(project), StandardOpenOption.WRITE)) {
            return channel.tryLock() == null;
        } catch (IOException nobody) {
            return false;
        }
    }

    private static Optional<ProcessId> named(Project project) {
        try {
            var words = Files.readString(file(project)).split(" ", -1);
            var holder = new ProcessId(Long.parseLong(words[0]), Long.parseLong(words[1]));
            return Optional.of(holder).filter(id -> id.running().isPresent());
        } catch (IOException | IndexOutOfBoundsException | NumberFormatException nobody) {
            return Optional.empty();
        }
    }

    private static Path file(Project project) {
        return project.data().resolve(FOLDER).resolve("lock");
    }

    private static Optional<ProjectLock> tryTake(Project project) {
        var file = file(project);
        try {
            Files.createDirectories(file.getParent());
            var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            var lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                return Optional.empty();
            }
            var self = ProcessId.of(ProcessHandle.current());
            channel.truncate(0).write(US_ASCII.encode(self.pid() + " " + self.startedAt()));
            return Optional.of(new ProjectLock(lock));
        } catch (IOException e) {
            throw UserError.failed("cannot write in " + project.data() + ": " + e, e);
        }
    }

    @Override
    public void close() {
        try {
            lock.acquiredBy().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
