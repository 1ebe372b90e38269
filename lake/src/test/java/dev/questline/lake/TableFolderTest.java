package dev.questline.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.questline.event.UserError;
import dev.questline.lake.ExtractOptions.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FilterFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TableFolderTest {
    private static final Instant TWO_DAYS_AGO = Instant.now().minus(Duration.ofDays(2));

    @TempDir
    Path parent;

    private FileSystem files;
    private Path table;
    private TableFolder folder;

    @BeforeEach
    void open() throws IOException {
        files = FileSystem.getLocal(new Configuration());
        table = parent.resolve("swords");
        folder = new TableFolder(files, new org.apache.hadoop.fs.Path(table.toString()));
    }

    @ParameterizedTest
    @EnumSource
    void makesANewTable(Mode mode) throws IOException {
        write("part-new.parquet", mode);

        assertThat(listing(table)).containsExactly("_SUCCESS", "part-new.parquet");
        assertThat(listing(parent)).containsExactly("swords");
    }

    @Test
    void overwritesAllOfTheOldTable() throws IOException {
        write("part-old.parquet", Mode.OVERWRITE);
        write("part-new.parquet", Mode.OVERWRITE);

        assertThat(listing(table)).containsExactly("_SUCCESS", "part-new.parquet");
        assertThat(listing(parent)).containsExactly("swords");
    }

    @Test
    void appendsToTheOldTable() throws IOException {
        write("part-old.parquet", Mode.OVERWRITE);
        var staging = stage("part-new.parquet");
        Files.createDirectories(staging.resolve("_set_aside"));
        Files.createFile(staging.resolve("_set_aside/part-odd.parquet"));
        folder.commit(hadoop(staging), Mode.APPEND);
        folder.discard(hadoop(staging));

        assertThat(listing(table)).containsExactly("_SUCCESS", "_set_aside", "part-new.parquet", "part-old.parquet");
        assertThat(listing(table.resolve("_set_aside"))).containsExactly("part-odd.parquet");
        assertThat(listing(parent)).containsExactly("swords");
    }

    @Test
    void refusesATableThatExists() throws IOException {
        write("part-old.parquet", Mode.OVERWRITE);

        assertThatThrownBy(() -> folder.prepare(Mode.ERROR))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("swords exists");
    }

    @ParameterizedTest
    @EnumSource(names = {"OVERWRITE", "APPEND"})
    void touchesNoFolderThatHoldsAnythingElse(Mode mode) throws IOException {
        write("part-old.parquet", Mode.OVERWRITE);
        Files.createFile(table.resolve(".bashrc"));

        assertThatThrownBy(() -> folder.prepare(mode))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(".bashrc");
        assertThatThrownBy(() -> write("part-new.parquet", Mode.OVERWRITE)).isInstanceOf(UserError.class);
        assertThat(listing(table)).contains(".bashrc", "part-old.parquet");
    }

    @Test
    void refusesAFile() throws IOException {
        Files.createFile(table);

        assertThatThrownBy(() -> folder.prepare(Mode.OVERWRITE))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("is a file");
    }

    @Test
    void putsTheOldTableBackWhenTheNewOneCannotBeMoved() throws IOException {
        write("part-old.parquet", Mode.OVERWRITE);
        var staging = stage("part-new.parquet");
        var failing = new TableFolder(new RefusesStaging(files), folder.path());

        assertThatThrownBy(() -> failing.commit(hadoop(staging), Mode.OVERWRITE))
                .isInstanceOf(IOException.class);
        assertThat(listing(table)).containsExactly("_SUCCESS", "part-old.parquet");
    }

    @Test
    void takesBackWhatItAppendedWhenTheRestCannotBeMoved() throws IOException {
        write("part-old.parquet", Mode.OVERWRITE);
        var staging = stage("part-1.parquet");
        Files.createFile(staging.resolve("part-2.parquet"));
        var failing = new TableFolder(new RefusesStaging(files, "part-2"), folder.path());

        assertThatThrownBy(() -> failing.commit(hadoop(staging), Mode.APPEND)).isInstanceOf(IOException.class);
        assertThat(listing(table)).containsExactly("_SUCCESS", "part-old.parquet");
    }

    @Test
    void takesBackAllItCanAndTellsOfTheFirstFailure() throws IOException {
        write("part-old.parquet", Mode.OVERWRITE);
        var staging = stage("part-1.parquet");
        Files.createFile(staging.resolve("part-2.parquet"));
        Files.createDirectory(staging.resolve("_set_aside"));
        Files.createFile(staging.resolve("_set_aside/part-3.parquet"));
        var failing = new TableFolder(new KeepsFirst(new RefusesStaging(files, "part-3")), folder.path());

        assertThatThrownBy(() -> failing.commit(hadoop(staging), Mode.APPEND))
                .hasMessageStartingWith("cannot rename ")
                .satisfies(e -> assertThat(e.getSuppressed()).singleElement().hasToString("java.io.IOException: kept"));
        assertThat(listing(table))
                .hasSize(4)
                .contains("part-old.parquet")
                .containsAnyOf("part-1.parquet", "part-2.parquet");
    }

    @Test
    void healsASwapThatWasInterrupted() throws IOException {
        write("part-old.parquet", Mode.OVERWRITE);
        Files.move(table, parent.resolve(".swords.old-1700000000000-1"));

        folder.prepare(Mode.APPEND);

        assertThat(listing(table)).contains("part-old.parquet");
        assertThat(listing(parent)).containsExactly("swords");
    }

    @Test
    void clearsStagingOfDeadRunsAndLeavesThoseOfOthers() throws IOException {
        var alive = stage("part-alive.parquet");
        Files.setLastModifiedTime(alive, FileTime.from(TWO_DAYS_AGO));
        var swapping = Files.createDirectory(parent.resolve(".swords.old-" + System.currentTimeMillis() + "-1"));
        Files.setLastModifiedTime(swapping, FileTime.from(TWO_DAYS_AGO));
        Files.createDirectory(parent.resolve(".swords.staging-" + TWO_DAYS_AGO.toEpochMilli() + "-1"));
        Files.createDirectory(parent.resolve(".swords.old-" + TWO_DAYS_AGO.toEpochMilli() + "-2"));
        Files.createDirectory(table);

        folder.prepare(Mode.OVERWRITE);

        assertThat(listing(parent))
                .containsExactlyInAnyOrder(
                        alive.getFileName().toString(), swapping.getFileName().toString(), "swords");
    }

    @ParameterizedTest
    @EnumSource(names = {"ERROR", "APPEND"})
    void replacesNoTableThatAnotherRunPutThereMeanwhile(Mode mode) throws IOException {
        var staging = stage("part-new.parquet");
        var overtaken = new TableFolder(
                new Overtaken(files, () -> {
                    Files.createDirectory(table);
                    Files.createFile(table.resolve("part-other.parquet"));
                }),
                folder.path());

        assertThatThrownBy(() -> overtaken.commit(hadoop(staging), mode)).isInstanceOf(IOException.class);
        assertThat(listing(table)).containsExactly("part-other.parquet");
        assertThat(listing(staging)).containsExactly("_SUCCESS", "part-new.parquet");
    }

    @Test
    void overwritesThoughTheOldTableCannotBeDeleted() throws IOException {
        write("part-old.parquet", Mode.OVERWRITE);
        var staging = stage("part-new.parquet");

        new TableFolder(new KeepsFirst(files), folder.path()).commit(hadoop(staging), Mode.OVERWRITE);

        assertThat(listing(table)).containsExactly("_SUCCESS", "part-new.parquet");
    }

    private void write(String file, Mode mode) throws IOException {
        folder.prepare(mode);
        folder.commit(hadoop(stage(file)), mode);
    }

    private Path stage(String file) throws IOException {
        var staging = Path.of(folder.stage().toUri().getPath());
        Files.createFile(staging.resolve(file));
        Files.createFile(staging.resolve("_SUCCESS"));
        return staging;
    }

    private static org.apache.hadoop.fs.Path hadoop(Path path) {
        return new org.apache.hadoop.fs.Path(path.toString());
    }

    private static Stream<String> listing(Path folder) throws IOException {
        try (var entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList().stream();
        }
    }

    /** A file system that cannot rename what comes out of a staging folder. */
    private static final class RefusesStaging extends FilterFileSystem {
        private final String name;

        RefusesStaging(FileSystem files) {
            this(files, ".staging-");
        }

        RefusesStaging(FileSystem files, String name) {
            super(files);
            this.name = name;
        }

        @Override
        public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to) throws IOException {
            return !from.getName().contains(name) && super.rename(from, to);
        }
    }

    /** A file system on which another run does something just before the first renaming. */
    private static final class Overtaken extends FilterFileSystem {
        private final Step other;
        private boolean done;

        Overtaken(FileSystem files, Step other) {
            super(files);
            this.other = other;
        }

        @Override
        public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to) throws IOException {
            if (!done) {
                done = true;
                other.take();
            }
            return super.rename(from, to);
        }

        interface Step {
            void take() throws IOException;
        }
    }

    /** A file system that fails to delete the first file it is asked to. */
    private static final class KeepsFirst extends FilterFileSystem {
        private boolean asked;

        KeepsFirst(FileSystem files) {
            super(files);
        }

        @Override
        public boolean delete(org.apache.hadoop.fs.Path file, boolean recursive) throws IOException {
            if (asked) {
                return super.delete(file, recursive);
            }
            asked = true;
            throw new IOException("kept");
        }
    }
}
