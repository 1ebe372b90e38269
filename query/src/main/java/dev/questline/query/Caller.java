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
    /** The folder of the project that the given folder is in, else of the one that the asker stands in. */
    Path project(Optional<Path> given) {
        return Project.unread(given.map(folder::resolve).orElse(folder)).folder();
    }

    /** Whether nobody listens any more. */
    boolean gone() {
        return out.checkError();
    }
}
