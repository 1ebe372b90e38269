package dev.questline.lake;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonToken;
import dev.questline.event.UserError;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** The tables SQL knows by name: {@code tables.json} in the project's data, an object of name → path. */
public final class TableRegistry {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String FILE = "tables.json";

    private TableRegistry() {}

    /**
     * All tables by name, none if nothing was written yet.
     *
     * @param projectData {@code Project.data()}
     * @return name → path as a URI, {@code file:///…} or {@code hdfs://…}
     */
    public static Map<String, String> read(Path projectData) {
        var file = projectData.resolve(FILE);
        if (!Files.exists(file)) {
            return Map.of();
        }
        try (var parser = JSON.createParser(file.toFile())) {
            var tables = new TreeMap<String, String>();
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw damaged(file);
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var name = parser.currentName();
                if (parser.nextToken() != JsonToken.VALUE_STRING) {
                    throw damaged(file);
                }
                tables.put(name, parser.getText());
            }
            return Collections.unmodifiableMap(tables);
        } catch (JsonParseException e) {
            throw damaged(file);
        } catch (IOException e) {
            throw UserError.failed("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** Adds a table or points its name to another path; readers see the file before or after, never in between. */
    public static synchronized void put(Path projectData, String name, String path) {
        try {
            Files.createDirectories(projectData);
            // Extracts of several processes may end at the same moment; none may undo another's entry.
            try (var lock = FileChannel.open(
                    projectData.resolve(FILE + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                lock.lock();
                var tables = new TreeMap<>(read(projectData));
                tables.put(name, path);
                replace(projectData.resolve(FILE), tables);
            }
        } catch (IOException e) {
            throw UserError.failed("cannot write " + projectData.resolve(FILE) + ": " + e.getMessage(), e);
        }
    }

    private static void replace(Path file, Map<String, String> tables) throws IOException {
        var fresh = file.resolveSibling(FILE + ".new");
        try (var json = JSON.createGenerator(fresh.toFile(), JsonEncoding.UTF8).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            for (var table : tables.entrySet()) {
                json.writeStringField(table.getKey(), table.getValue());
            }
            json.writeEndObject();
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static UserError damaged(Path file) {
        return UserError.failed(
                file + " is no object of table names and paths; delete it and extract the tables again");
    }
}
