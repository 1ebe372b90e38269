package dev.questline.cli.stack;

import dev.questline.event.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** Folders and all that is in them. */
public final class Folders {
    private static final int TRIES = 10;
    private static final int PAUSE_MILLIS = 200;

    private Folders() {}

    /**
     * Deletes a folder and all in it, also when something writes there in its last moments. Of a link it stays, with its
     * folder.
     */
    public static void delete(Path folder) throws InterruptedException {
        untilDone(folder, () -> {
            if (Files.isSymbolicLink(folder)) {
                deleteIn(folder.toRealPath(), "");
            } else {
                deleteAll(folder);
            }
        });
    }

    /** Deletes all in a folder but the entry of this name. */
    static void empty(Path folder, String kept) throws InterruptedException {
        untilDone(folder, () -> deleteIn(folder.toRealPath(), kept));
    }

    private interface Deletion {
        void run() throws IOException;
    }

    private static void untilDone(Path folder, Deletion deletion) throws InterruptedException {
        for (int tries = 1; ; tries++) {
            try {
                deletion.run();
                return;
            } catch (IOException | UncheckedIOException e) {
                if (tries == TRIES) {
                    throw UserError.failed("cannot delete " + folder + ": " + e, e);
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }

    private static void deleteIn(Path folder, String kept) throws IOException {
        try (var entries = Files.list(folder)) {
            for (var entry : entries.toList()) {
                if (!entry.endsWith(kept)) {
                    deleteAll(entry);
                }
            }
        }
    }

    private static void deleteAll(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
