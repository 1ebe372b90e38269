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
        try {
            var path = given.matches("[A-Za-z][A-Za-z0-9+.-]*:.*") ? new Path(given) : local(given, callersFolder);
            if (path.isRoot() || path.getName().isEmpty() || !path.isAbsolute()) {
                throw UserError.wrongUse("--write " + given + ": a table needs a folder of its own");
            }
            var files = path.getFileSystem(hadoop);
            return new Target(given, files, new TableFolder(files, files.makeQualified(path)));
        } catch (IllegalArgumentException e) {
            throw UserError.wrongUse("--write " + given + ": no path: " + e.getMessage());
        } catch (IOException | RuntimeException e) {
            throw failure(given, e);
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

    void discard(Path staging) {
        run(() -> {
            folder.discard(staging);
            return staging;
        });
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
        } catch (UserError e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw failure(given, e);
        }
    }

    private static RuntimeException failure(String given, Exception failure) {
        return failure instanceof UserError known ? known : Failures.ofPath(given, failure);
    }
}
