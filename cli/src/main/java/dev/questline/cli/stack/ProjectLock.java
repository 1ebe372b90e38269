package dev.questline.cli.stack;

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

/** One stack a project. The operating system lets go of the lock however the process ends. Not reentrant. */
final class ProjectLock implements AutoCloseable {
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

    /** Whether a stack of the project is starting, running or stopping. */
    static boolean isTaken(Project project) {
        if (!Files.exists(file(project))) {
            return false;
        }
        var lock = tryTake(project);
        lock.ifPresent(ProjectLock::close);
        return lock.isEmpty();
    }

    private static Path file(Project project) {
        return project.data().resolve("run/lock");
    }

    private static Optional<ProjectLock> tryTake(Project project) {
        var file = file(project);
        try {
            Files.createDirectories(file.getParent());
            var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            var lock = channel.tryLock();
            if (lock == null) {
                channel.close();
            }
            return Optional.ofNullable(lock).map(ProjectLock::new);
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
