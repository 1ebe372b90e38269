package dev.questline.lake;

import dev.questline.event.UserError;
import java.io.IOException;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** What {@code --write} names, on its file system. */
record Target(String given, FileSystem files, TableFolder folder) {

    /** A path without a scheme is one on this machine, relative to the caller's folder. */
    static Target of(String given, java.nio.file.Path callersFolder, Configuration hadoop) {
        var path = path(given, callersFolder);
        if (path.isRoot() || path.getName().isEmpty() || !path.isAbsolute()) {
            throw UserError.wrongUse("--write " + given + ": a table needs a folder of its own");
        }
        try {
            var files = path.getFileSystem(hadoop);
            return new Target(given, files, new TableFolder(files, files.makeQualified(path)));
        } catch (IOException | RuntimeException e) {
            throw Failures.ofPath(given, e);
        }
    }

    private static Path path(String given, java.nio.file.Path callersFolder) {
        try {
            return given.matches("[A-Za-z][A-Za-z0-9+.-]*:.*") ? new Path(given) : local(given, callersFolder);
        } catch (IllegalArgumentException e) {
            throw UserError.wrongUse("--write '" + given + "' is no path: " + e.getMessage());
        } catch (IOException e) {
            throw Failures.ofPath(given, e);
        }
    }

    private static Path local(String given, java.nio.file.Path callersFolder) throws IOException {
        var path = callersFolder.resolve(given).toAbsolutePath().normalize();
        // A link's folder is the table, not the link: renaming that would leave the rows behind.
        var real = Files.isSymbolicLink(path) && Files.exists(path) ? path.toRealPath() : path;
        return new Path("file", null, real.toString());
    }

    /** The table's name in SQL. */
    String tableName() {
        return folder.path().getName();
    }

    /** Where the table is, for every process on every machine that can see it. */
    String uri() {
        var uri = folder.path().toUri();
        return uri.getScheme().equals("file")
                ? "file://" + uri.getPath()
                : folder.path().toString();
    }

    void prepare(ExtractOptions.Mode mode) {
        run(() -> {
            folder.prepare(mode);
            return mode;
        });
    }

    Path stage() {
        return run(folder::stage);
    }

    /** Deletes what was staged; if it cannot, the JVM's end or a later run does. */
    void discard(Path staging) {
        try {
            folder.discard(staging);
        } catch (IOException e) {
            // Whatever led here is the failure to tell of.
        }
    }

    void commit(Path staging, ExtractOptions.Mode mode) {
        run(() -> {
            folder.commit(staging, mode);
            return staging;
        });
    }

    private interface Step<T> {
        T take() throws IOException;
    }

    private <T> T run(Step<T> step) {
        try {
            return step.take();
        } catch (IOException e) {
            throw Failures.ofPath(given, e);
        }
    }
}
