package dev.questline.collect;

import dev.questline.event.Catalog;
import dev.questline.event.Project;
import dev.questline.event.UserError;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
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

    private Found taken;
    private Found seen;
    private boolean broken;

    /** What one look at the file finds. Two are equal when nothing has changed between them. */
    private sealed interface Found {
        record Content(Optional<ByteBuffer> bytes) implements Found {}

        record Unreadable(String reason) implements Found {}
    }

    LiveCatalog(Project project, Consumer<String> messages) {
        this.project = project;
        this.messages = messages;
        this.taken = find();
        this.seen = taken;
        this.catalog = read(taken);
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
    void look() {
        var now = find();
        if (now.equals(seen) && !now.equals(taken)) {
            taken = now;
            take(now);
        }
        seen = now;
    }

    private Found find() {
        try {
            return new Found.Content(project.content());
        } catch (UserError | OutOfMemoryError e) { // larger than an array may be
            return new Found.Unreadable(reason(e));
        }
    }

    /** Reads what was found, as the file may be another by now. */
    private Catalog read(Found found) {
        if (found instanceof Found.Content content) {
            return project.catalogIn(content.bytes());
        }
        throw UserError.failed(((Found.Unreadable) found).reason());
    }

    private void take(Found found) {
        try {
            var next = read(found);
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
}
