package dev.questline.lake;

import dev.questline.event.UserError;
import dev.questline.lake.Siblings.Kind;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A folder that is a table, on any of Hadoop's file systems. New files are written beside it and come into their place
 * when they are complete. Overwriting shows readers the old table or the new one, and a run that dies leaves one of them.
 * Appending moves files in one by one: a run that is killed meanwhile may leave part of its rows.
 */
final class TableFolder {
    private static final Pattern FILE_OF_TABLE =
            Pattern.compile("part-.*\\.parquet|_SUCCESS|_set_aside|_metadata|_common_metadata|_temporary|\\..*\\.crc");

    /** A swap's two renames are that much apart at most; a swap that takes longer was interrupted. */
    private static final Duration SWAP = Duration.ofSeconds(1);

    private static final Duration DEAD = Duration.ofDays(1);

    private final FileSystem files;
    private final Path path;
    private final Siblings siblings;

    /** {@code path} is absolute and has a name. */
    TableFolder(FileSystem files, Path path) {
        this.files = files;
        this.path = path;
        this.siblings = new Siblings(files, path);
    }

    Path path() {
        return path;
    }

    /** As people write it. */
    @Override
    public String toString() {
        var uri = path.toUri();
        return "file".equals(uri.getScheme()) ? uri.getPath() : path.toString();
    }

    /** Mends what an interrupted run left, and throws unless the table may be written in this mode. */
    void prepare(ExtractOptions.Mode mode) throws IOException {
        healInterruptedSwap();
        deleteDeadStaging();
        var status = status(path);
        if (status.isEmpty()) {
            return;
        }
        if (status.get().isFile()) {
            throw UserError.wrongUse(this + " is a file; a table is a folder");
        }
        if (mode == ExtractOptions.Mode.ERROR) {
            throw UserError.failed(this + " exists; --mode overwrite replaces it, --mode append adds to it");
        }
        refuseWhatIsNoTable();
    }

    /** A new folder beside the table for its next files; gone at the latest when the JVM ends. */
    Path stage() throws IOException {
        var staging = siblings.next(Kind.STAGING);
        if (!files.mkdirs(staging)) {
            throw new IOException("the folder " + staging.getParent() + " cannot be written to");
        }
        files.deleteOnExit(staging);
        return staging;
    }

    void discard(Path staging) throws IOException {
        files.delete(staging, true);
        files.cancelDeleteOnExit(staging);
    }

    /**
     * Brings complete files into their place. Only overwriting takes a table away that another run put there meanwhile.
     * Once they are there nothing fails: a caller would try again, and append the rows twice.
     */
    void commit(Path staging, ExtractOptions.Mode mode) throws IOException {
        if (mode == ExtractOptions.Mode.APPEND && files.exists(path)) {
            moveInto(staging);
            return;
        }
        prepare(mode);
        if (mode == ExtractOptions.Mode.OVERWRITE && files.exists(path)) {
            swapIn(staging);
        } else {
            place(staging, path);
        }
        files.cancelDeleteOnExit(staging);
    }

    private void swapIn(Path staging) throws IOException {
        var old = siblings.next(Kind.OLD);
        rename(path, old);
        try {
            place(staging, path);
        } catch (IOException e) {
            putBack(old, e);
            throw e;
        }
        dispose(old);
    }

    /** What is half deleted must not be taken for a table to be healed; what cannot be deleted goes with a later run. */
    private void dispose(Path old) {
        try {
            var staging = siblings.next(Kind.STAGING);
            rename(old, staging);
            files.delete(staging, true);
        } catch (IOException e) {
            // The new table stands, and that is what was asked for.
        }
    }

    private void putBack(Path old, IOException cause) {
        try {
            place(old, path);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** Moves the rows in; if one file cannot be moved, none. {@code _SUCCESS} stays. */
    private void moveInto(Path staging) throws IOException {
        var moved = new ArrayList<Path>();
        try {
            moveFiles(staging, path, moved);
            var setAside = new Path(staging, TableWriter.SET_ASIDE_FOLDER);
            if (files.exists(setAside)) {
                var to = new Path(path, TableWriter.SET_ASIDE_FOLDER);
                files.mkdirs(to);
                moveFiles(setAside, to, moved);
            }
        } catch (IOException e) {
            moved.forEach(file -> takeBack(file, e));
            throw e;
        }
    }

    private void takeBack(Path file, IOException cause) {
        try {
            files.delete(file, false);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private void moveFiles(Path from, Path to, List<Path> moved) throws IOException {
        for (var file : files.listStatus(from, candidate -> candidate.getName().startsWith("part-"))) {
            var place = new Path(to, file.getPath().getName());
            rename(file.getPath(), place);
            moved.add(place);
        }
    }

    /** Renames a folder. If another run's comes between the look and the renaming, Hadoop moves it <em>into</em> that. */
    private void place(Path from, Path to) throws IOException {
        rename(from, to);
        var inside = new Path(to, from.getName());
        if (files.exists(inside)) {
            rename(inside, from);
            throw new IOException("another run put " + to + " there at the same time");
        }
    }

    /** Hadoop's rename says no by returning false. */
    private void rename(Path from, Path to) throws IOException {
        if (files.exists(to)) {
            throw new IOException("another run put " + to + " there first");
        }
        if (!files.rename(from, to)) {
            throw new IOException("cannot rename " + from + " to " + to);
        }
    }

    private void healInterruptedSwap() throws IOException {
        var deadline = Instant.now().plus(SWAP);
        var old = siblings.all(Kind.OLD);
        while (!old.isEmpty() && !files.exists(path) && Instant.now().isBefore(deadline)) {
            pause();
            old = siblings.all(Kind.OLD);
        }
        if (!old.isEmpty() && !files.exists(path)) {
            place(old.get(old.size() - 1), path);
        }
    }

    private void deleteDeadStaging() throws IOException {
        var alive = Instant.now().minus(DEAD);
        var left = new ArrayList<>(siblings.all(Kind.STAGING));
        left.addAll(siblings.all(Kind.OLD));
        for (var folder : left) {
            if (Siblings.since(folder).isBefore(alive)) {
                files.delete(folder, true);
            }
        }
    }

    /** Overwriting deletes: only ever what an extract, or another Parquet writer, made. */
    private void refuseWhatIsNoTable() throws IOException {
        for (var child : files.listStatus(path)) {
            var name = child.getPath().getName();
            if (!FILE_OF_TABLE.matcher(name).matches()) {
                throw UserError.wrongUse(this + " is no table: it holds " + name + "; nothing there was touched");
            }
        }
    }

    private Optional<FileStatus> status(Path of) throws IOException {
        try {
            return Optional.of(files.getFileStatus(of));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
