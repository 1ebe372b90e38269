package dev.questline.cli.fault;

import dev.questline.cli.fault.Jvm.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A clock that a test can put forward and back, by libfaketime, for the processes in its surroundings. */
final class FakeClock {
    private static final String LIBRARY = "faketime/libfaketimeMT.so.1";

    private final Path library;
    private final Path offset;

    private FakeClock(Path library, Path offset) throws IOException {
        this.library = library;
        this.offset = offset;
        put(0);
    }

    /** Empty where libfaketime is not installed. */
    static Optional<FakeClock> in(Path folder) throws IOException {
        try (var places = Files.list(Path.of("/usr/lib"))) {
            var library = Stream.concat(Stream.of(Path.of("/usr/lib")), places.filter(Files::isDirectory))
                    .map(place -> place.resolve(LIBRARY))
                    .filter(Files::exists)
                    .findFirst();
            return library.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new FakeClock(library.get(), folder.resolve("clock")));
        }
    }

    /** So far from the real time. */
    void put(int seconds) throws IOException {
        var next = offset.resolveSibling("clock.next");
        Files.writeString(next, "%+d".formatted(seconds));
        Files.move(next, offset, StandardCopyOption.ATOMIC_MOVE);
    }

    Surroundings surroundings() {
        return new Surroundings(
                List.of(),
                Map.of(
                        "LD_PRELOAD", library.toString(),
                        "FAKETIME_TIMESTAMP_FILE", offset.toString(),
                        "FAKETIME_CACHE_DURATION", "1",
                        // What has waited for a second has waited for a second, whatever the clock says.
                        "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                        // Its mending of glibc's waits is not needed, and makes Java's return at once.
                        "FAKETIME_FORCE_MONOTONIC_FIX", "0"));
    }
}
