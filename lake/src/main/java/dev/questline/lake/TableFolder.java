package dev.questline.lake;

import dev.questline.event.UserError;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
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

    /** {@code path} is absolute and has a name. */
    TableFolder(FileSystem files, Path path) {
        this.files = files;
        this.path = path;
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
        var staging = sibling("staging");
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

    /** Brings complete files into their place. */
    void commit(Path staging, ExtractOptions.Mode mode) throws IOException {
        if (mode == ExtractOptions.Mode.APPEND && files.exists(path)) {
            moveInto(staging);
            discard(staging);
        } else {
            prepare(mode);
            swapIn(staging);
            files.cancelDeleteOnExit(staging);
        }
    }

    private void swapIn(Path staging) throws IOException {
        if (!files.exists(path)) {
            rename(staging, path);
            return;
        }
        var old = sibling("old");
        rename(path, old);
        try {
            rename(staging, path);
        } catch (IOException e) {
            putBack(old, e);
            throw e;
        }
        files.delete(old, true);
    }

    private void putBack(Path old, IOException cause) {
        try {
            rename(old, path);
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

    /** Hadoop's rename moves <em>into</em> a folder that stands at the new name, and says no by returning false. */
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
        var old = siblings("old");
        while (!old.isEmpty() && !files.exists(path) && Instant.now().isBefore(deadline)) {
            pause();
            old = siblings("old");
        }
        if (!old.isEmpty() && !files.exists(path)) {
            rename(old.get(old.size() - 1).getPath(), path);
        }
    }

    private void deleteDeadStaging() throws IOException {
        var alive = Instant.now().minus(DEAD).toEpochMilli();
        var left = new ArrayList<>(siblings("staging"));
        left.addAll(siblings("old"));
        for (var folder : left) {
            if (folder.getModificationTime() < alive) {
                files.delete(folder.getPath(), true);
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

    private Path sibling(String kind) {
        return new Path(path.getParent(), "." + path.getName() + "." + kind + "-" + UUID.randomUUID());
    }

    /** The oldest first. */
    private List<FileStatus> siblings(String kind) throws IOException {
        var prefix = "." + path.getName() + "." + kind + "-";
        try {
            var found = files.listStatus(
                    path.getParent(), candidate -> candidate.getName().startsWith(prefix));
            return Arrays.stream(found)
                    .sorted((one, other) -> Long.compare(one.getModificationTime(), other.getModificationTime()))
                    .toList();
        } catch (FileNotFoundException e) {
            return List.of();
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
