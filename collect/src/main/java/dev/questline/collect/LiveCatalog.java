package dev.questline.collect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.questline.event.Catalog;
import dev.questline.event.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The catalog of the project's file as it is now. The file's content is looked at several times a second, which no
 * editor's way of saving escapes (renaming, replacing, same size within a tick of the clock), as events of the file
 * system and times would. An edit that is no catalog leaves the one before in force.
 */
public final class LiveCatalog implements Supplier<Catalog>, AutoCloseable {
    static final Duration POLL = Duration.ofMillis(80);

    /** How long after it was saved an edit is in force at the latest, on a machine that is not starved. */
    static final Duration IN_FORCE_WITHIN = Duration.ofMillis(300);

    private final Project project;
    private final Consumer<String> messages;
    private final Thread watcher = new Thread(this::watch, "live-catalog");
    private volatile Catalog catalog;
    private volatile boolean closed;

    private String taken;
    private String seen;
    private boolean broken;

    private LiveCatalog(Project project, Consumer<String> messages) {
        this.project = project;
        this.messages = messages;
        this.taken = content(project.file());
        this.seen = taken;
        this.catalog = project.readCatalog();
    }

    /**
     * Reads the catalog and starts to watch it.
     *
     * @param messages gets a line for each change taken, and the reason once for each edit that isn't; on a thread of the
     *     watcher's
     */
    public static LiveCatalog watch(Project project, Consumer<String> messages) {
        var live = new LiveCatalog(project, messages);
        live.watcher.setDaemon(true);
        live.watcher.start();
        return live;
    }

    @Override
    public Catalog get() {
        return catalog;
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(watcher);
    }

    private void watch() {
        while (!closed) {
            look();
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    /** Takes a content only when it was the same at two looks: a file in the middle of being saved is no edit. */
    private void look() {
        var now = content(project.file());
        if (now.equals(seen) && !now.equals(taken)) {
            taken = now;
            take();
        }
        seen = now;
    }

    private void take() {
        try {
            var next = project.readCatalog();
            var changes = CatalogChange.lines(catalog, next);
            catalog = next;
            changes.forEach(messages);
            if (changes.isEmpty()) {
                messages.accept(
                        broken
                                ? "catalog: " + project.file() + " is in order again; its events are those in force"
                                : "catalog: no event changed; other settings of " + project.file()
                                        + " take effect at the next start");
            }
            broken = false;
        } catch (RuntimeException | Error e) { // nested too deeply, say
            broken = true;
            messages.accept("catalog: ERROR, the events stay as they were: " + reason(e));
        }
    }

    private static String reason(Throwable e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    /** What is there, as text that differs when it differs: the bytes, or that there is no file, or why it can't be read. */
    private static String content(Path file) {
        try {
            return "=" + new String(Files.readAllBytes(file), ISO_8859_1);
        } catch (NoSuchFileException e) {
            return "missing";
        } catch (IOException | OutOfMemoryError e) { // larger than an array may be
            return "unreadable: " + e;
        }
    }
}
