package dev.questline.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A folder with a {@code questline.yaml}, or the current folder without one.
 *
 * @param folder absolute; its data live in {@code .questline/} in it
 */
public record Project(Path folder, Settings settings, Catalog catalog) {
    public static final String FILE = "questline.yaml";

    /**
     * Reads the project that {@code folder} is in: the nearest folder upwards with a {@code questline.yaml}, else
     * {@code folder} itself with the built-in catalog.
     *
     * @param environment of which the variables {@code QUESTLINE_…} override the file
     * @param flags settings from the command line, by key; they override the variables
     */
    public static Project at(Path folder, Map<String, String> environment, Map<String, String> flags) {
        var home = nearest(folder.toAbsolutePath().normalize());
        var settings = new SettingsReader();
        var file = home.resolve(FILE);
        var catalog = read(file, content(file), settings);
        return of(home, settings, catalog, environment, flags);
    }

    /** The project that {@code folder} is in without a look into its file: for what concerns its data alone. */
    public static Project unread(Path folder) {
        return unread(folder, Map.of(), Map.of());
    }

    /** As {@link #at}, without a look into the project's file. */
    public static Project unread(Path folder, Map<String, String> environment, Map<String, String> flags) {
        var home = nearest(folder.toAbsolutePath().normalize());
        return of(home, new SettingsReader(), Catalog.BUILT_IN, environment, flags);
    }

    private static Project of(
            Path home,
            SettingsReader settings,
            Catalog catalog,
            Map<String, String> environment,
            Map<String, String> flags) {
        settings.setFrom(environment);
        flags.forEach((key, value) -> settings.set(key, value, "--set " + key + "=" + value));
        return new Project(home, settings.settings(home), catalog);
    }

    /** Reads the catalog again from the file as it is now; what else has changed in it waits for the next start. */
    public Catalog readCatalog() {
        return catalogIn(content());
    }

    /**
     * The project's file as it is now, in bytes; empty when there is none. Two of the same bytes are equal.
     *
     * @throws UserError when it cannot be read
     */
    public Optional<ByteBuffer> content() {
        return content(file());
    }

    /** The catalog that the project's file has with such a content. */
    public Catalog catalogIn(Optional<ByteBuffer> content) {
        return read(file(), content, new SettingsReader());
    }

    /** Where the project's file is, or would be. */
    public Path file() {
        return folder.resolve(FILE);
    }

    /** Where the project's data live. */
    public Path data() {
        return folder.resolve(".questline");
    }

    private static Path nearest(Path folder) {
        for (Path candidate = folder; candidate != null; candidate = candidate.getParent()) {
            if (Files.exists(candidate.resolve(FILE))) {
                return candidate;
            }
        }
        return folder;
    }

    private static Optional<ByteBuffer> content(Path file) {
        try {
            return Optional.of(ByteBuffer.wrap(Files.readAllBytes(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw UserError.failed("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static Catalog read(Path file, Optional<ByteBuffer> content, SettingsReader settings) {
        return content.map(bytes -> new ProjectFile(file.toString(), settings).read(text(file, bytes)))
                .orElse(Catalog.BUILT_IN);
    }

    private static String text(Path file, ByteBuffer bytes) {
        try {
            return UTF_8.newDecoder().decode(bytes.duplicate()).toString();
        } catch (CharacterCodingException e) {
            throw UserError.wrongUse(file + ": no valid UTF-8");
        }
    }
}
