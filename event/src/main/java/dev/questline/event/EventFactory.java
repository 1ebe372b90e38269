package dev.questline.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes events of requests. Thread-safe. */
public final class EventFactory {
    /** Writes 🗡 as its four bytes and not as two escapes. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    private final NoArgGenerator ids = Generators.timeBasedEpochGenerator();

    /**
     * The event a request makes: the type's own fields, then the request's headers but for those that are called like one
     * of them, or differ from a field of any type, or from the record's time, in capitals alone.
     */
    public Event event(Catalog catalog, EventType type, RequestHeaders headers, Instant received) {
        var trace = headers.trace();
        headers.leaveOut(header -> type.fields().containsKey(header) || catalog.clashesWith(header));
        return new Event(
                headers.clientId().orElseGet(() -> ids.generate().toString()),
                headers.clientId().isPresent(),
                type.name(),
                received,
                type.partitionKey().flatMap(field -> keyOf(field, type, headers)),
                trace,
                json(type.fields(), headers.logged()));
    }

    private static Optional<String> keyOf(String field, EventType type, RequestHeaders headers) {
        var own = type.fields().get(field);
        return Optional.ofNullable(own == null ? headers.logged().get(field) : own.toString());
    }

    private static byte[] json(Map<String, Object> own, Map<String, String> headers) {
        var bytes = new ByteArrayBuilder(256);
        try (var json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            for (var field : own.entrySet()) {
                json.writeFieldName(field.getKey());
                write(json, field.getValue());
            }
            for (var header : headers.entrySet()) {
                json.writeStringField(header.getKey(), header.getValue());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator json, Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (var entry : map.entrySet()) {
                json.writeFieldName(entry.getKey().toString());
                write(json, entry.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (var item : list) {
                write(json, item);
            }
            json.writeEndArray();
        } else {
            json.writePOJO(value);
        }
    }
}
