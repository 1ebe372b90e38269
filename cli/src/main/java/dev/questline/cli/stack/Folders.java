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

    /** Deletes a folder and all in it, also when something writes there in its last moments. */
    public static void delete(Path folder) throws InterruptedException {
        for (int tries = 1; ; tries++) {
            try (var paths = Files.walk(folder)) {
                for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
                return;
            } catch (IOException | UncheckedIOException e) {
                if (tries == TRIES) {
                    throw UserError.failed("cannot delete " + folder + ": " + e, e);
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }
}
