package dev.questline.cli.stack;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.questline.query.Endpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stack's state by the streaming parser alone: every command that asks the stack begins with this, and data
 * binding costs it six hundred classes. Another version's file may hold more, or less.
 */
final class StackStateReader {
    private static final JsonFactory JSON = new JsonFactory();

    private final Map<?, ?> fields;

    private StackStateReader(Map<?, ?> fields) {
        this.fields = fields;
    }

    /** Nothing if it is no state. */
    static Optional<StackState> read(byte[] file) throws IOException {
        try (var json = JSON.createParser(file)) {
            json.nextToken();
            return value(json) instanceof Map<?, ?> fields ? new StackStateReader(fields).state() : Optional.empty();
        }
    }

    private static @Nullable Object value(JsonParser json) throws IOException {
        var token = json.currentToken();
        if (token == JsonToken.START_OBJECT) {
            var object = new LinkedHashMap<String, @Nullable Object>();
            for (var name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                object.put(name, value(json));
            }
            return object;
        }
        if (token == JsonToken.START_ARRAY) {
            var array = new ArrayList<@Nullable Object>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                array.add(value(json));
            }
            return array;
        }
        return token == JsonToken.VALUE_NUMBER_INT ? (Object) json.getLongValue() : json.getValueAsString();
    }

    private Optional<StackState> state() {
        var process = process(fields);
        if (process == null || !(fields.get("components") instanceof List<?> components)) {
            return Optional.empty();
        }
        return Optional.of(new StackState(
                process,
                text("collectorUrl"),
                text("managementUrl"),
                text("bootstrapServers"),
                text("topic"),
                settings(),
                components.stream()
                        .map(component -> component((Map<?, ?>) component))
                        .toList(),
                query(),
                fields.get("jdbcUrl") instanceof String url ? url : null,
                fields.get("failure") instanceof String failure ? failure : null));
    }

    private String text(String field) {
        return text(fields, field);
    }

    private static String text(Map<?, ?> fields, String field) {
        return fields.get(field) instanceof String text ? text : "";
    }

    private static long number(Map<?, ?> fields, String field) {
        return fields.get(field) instanceof Long number ? number : 0;
    }

    private Map<String, String> settings() {
        var settings = new LinkedHashMap<String, String>();
        if (fields.get("settings") instanceof Map<?, ?> given) {
            given.forEach((key, value) -> settings.put(String.valueOf(key), String.valueOf(value)));
        }
        return settings;
    }

    private static Component component(Map<?, ?> fields) {
        return new Component(
                text(fields, "name"),
                Component.Status.valueOf(text(fields, "status")),
                text(fields, "where"),
                process(fields),
                text(fields, "note"));
    }

    private static @Nullable ProcessId process(Map<?, ?> fields) {
        return fields.get("process") instanceof Map<?, ?> process
                ? new ProcessId(number(process, "pid"), number(process, "startedAt"))
                : null;
    }

    private @Nullable Endpoint query() {
        return fields.get("query") instanceof Map<?, ?> query
                ? new Endpoint((int) number(query, "port"), text(query, "token"))
                : null;
    }
}
