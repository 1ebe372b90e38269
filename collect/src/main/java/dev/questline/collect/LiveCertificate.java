package dev.questline.collect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.questline.event.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Keeps a collector's certificate as its files are now. Their content is looked at, as {@link LiveCatalog} does it; a
 * pair that is broken, or of which one half is still the old, leaves the one before in force.
 */
public final class LiveCertificate implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(250);

    private final Optional<Settings.Tls> files;
    private final Collector collector;
    private final Consumer<String> messages;
    private final Thread watcher = new Thread(this::watch, "live-certificate");
    private volatile boolean closed;

    /** Nothing yet: what the collector has read when it started is taken once more, and so told. */
    private String taken = "";

    private String seen = "";

    private LiveCertificate(Optional<Settings.Tls> files, Collector collector, Consumer<String> messages) {
        this.files = files;
        this.collector = collector;
        this.messages = messages;
    }

    /**
     * Starts to watch the certificate of {@code collector}, if it has one.
     *
     * @param where what the collector was started with
     * @param messages gets a line for each certificate taken, the first included, and the reason once for each that isn't;
     *     on a thread of the watcher's
     */
    public static LiveCertificate watch(Settings.Collector where, Collector collector, Consumer<String> messages) {
        var live = new LiveCertificate(where.tls(), collector, messages);
        live.watcher.setDaemon(true);
        live.watcher.start();
        return live;
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(watcher);
    }

    private void watch() {
        files.ifPresent(this::watch);
    }

    private void watch(Settings.Tls tls) {
        while (!closed) {
            look(tls);
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    /** Takes a pair only when it was the same at two looks: files in the middle of being written are none. */
    private void look(Settings.Tls tls) {
        var now = content(tls.certificate()) + content(tls.key());
        if (now.equals(seen) && !now.equals(taken)) {
            taken = now;
            take(tls);
        }
        seen = now;
    }

    private void take(Settings.Tls tls) {
        try {
            messages.accept("tls: in force is the " + collector.renewCertificate(tls));
        } catch (RuntimeException | Error e) { // none may end the watch
            messages.accept("tls: ERROR, the certificate stays as it was: " + e.getMessage());
        }
    }

    /** The bytes, or why there are none. */
    private static String content(Path file) {
        try {
            return "=" + new String(Files.readAllBytes(file), ISO_8859_1);
        } catch (IOException | OutOfMemoryError e) { // larger than an array may be
            return "none: " + e;
        }
    }
}
