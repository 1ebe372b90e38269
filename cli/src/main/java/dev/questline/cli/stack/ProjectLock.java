package dev.questline.cli.stack;

import dev.questline.event.Project;
import dev.questline.event.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/** One stack a project. The operating system lets go of the lock however the process ends. */
final class ProjectLock implements AutoCloseable {
    private final FileLock lock;

    private ProjectLock(FileLock lock) {
        this.lock = lock;
    }

    static ProjectLock take(Project project) {
        var file = project.data().resolve("run/lock");
        try {
            Files.createDirectories(file.getParent());
            var lock = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                    .tryLock();
            if (lock == null) {
                throw UserError.failed("a stack of " + project.folder()
                        + " is running already; `questline status` shows it, `questline down` stops it");
            }
            return new ProjectLock(lock);
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
