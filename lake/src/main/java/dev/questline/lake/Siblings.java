package dev.questline.lake;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The folders beside a table in which its next files are made, or its last ones wait. Their names tell their age: a renamed
 * folder keeps the time that it had, and object stores keep none.
 */
record Siblings(FileSystem files, Path table) {
    private static final Pattern NAME = Pattern.compile(".*\\.(?:staging|old)-(\\d{13,15})-.*");

    enum Kind {
        /** Of no worth once the run that made it is gone. */
        STAGING,
        /** The table, until the next one is in its place. */
        OLD
    }

    /** One that is not there yet. */
    Path next(Kind kind) {
        var name = prefix(kind) + Instant.now().toEpochMilli() + "-" + UUID.randomUUID();
        return new Path(table.getParent(), name);
    }

    /** The oldest first. */
    List<Path> all(Kind kind) throws IOException {
        var prefix = prefix(kind);
        try {
            var found = files.listStatus(
                    table.getParent(),
                    candidate -> candidate.getName().startsWith(prefix)
                            && NAME.matcher(candidate.getName()).matches());
            return Arrays.stream(found)
                    .map(FileStatus::getPath)
                    .sorted(Comparator.comparing(Siblings::since))
                    .toList();
        } catch (FileNotFoundException e) {
            return List.of();
        }
    }

    /** When it was made. */
    static Instant since(Path sibling) {
        var name = NAME.matcher(sibling.getName());
        if (!name.matches()) {
            throw new IllegalArgumentException(sibling + " tells no time");
        }
        return Instant.ofEpochMilli(Long.parseLong(name.group(1)));
    }

    private String prefix(Kind kind) {
        return "." + table.getName() + "." + kind.name().toLowerCase(Locale.ROOT) + "-";
    }
}
