package dev.questline.query;

import dev.questline.event.Project;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Who asks.
 *
 * @param folder where the asker's relative paths start; absolute
 * @param width columns of the asker's terminal, 0 without one
 * @param out takes results
 * @param err takes everything else
 */
record Caller(Path folder, int width, PrintStream out, PrintStream err) {
    /** The project's folder: the one given, else the one the asker stands in. */
    Path project(Optional<Path> given) {
        return given.map(folder::resolve).orElseGet(() -> Project.unread(folder).folder());
    }

    /** Whether nobody listens any more. */
    boolean gone() {
        return out.checkError();
    }
}
