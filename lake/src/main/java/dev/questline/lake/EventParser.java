package dev.questline.lake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Reads a record's value in one pass, from its bytes to fields, without strings in between where the bytes serve as they
 * are. What a field's text is:
 *
 * <ul>
 *   <li>of a string, its text;
 *   <li>of a number, boolean, object or array, its JSON exactly as it stands in the record, so that {@code 1.10} and
 *       {@code 1e400} stay what they are;
 *   <li>of {@code null}, nothing.
 * </ul>
 */
final class EventParser {
    static final int MAX_DEPTH = 1000;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    /** Limits of sizes are Kafka's business; only depth is ours, since no other tool would read what nests deeper. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    /** Takes an event's fields in the order of the record, twice the same if the record has it twice. */
    interface Fields {
        /**
         * One field of an event.
         *
         * @param value its text, sharing the record's bytes; null for JSON's null
         * @param isString whether it is a string in the record
         */
        void field(String name, @Nullable UTF8String value, boolean isString);
    }

    private EventParser() {}

    /** Hands the record's fields over; returns why not, and then what was handed over so far is void. */
    static @Nullable SetAside parse(byte @Nullable [] value, Fields fields) {
        if (value == null) {
            return SetAside.NO_VALUE;
        }
        if (value.length == 0) {
            return SetAside.EMPTY;
        }
        if (!Utf8.isValid(value)) {
            return SetAside.NO_UTF8;
        }
        var json = startsWithMark(value) ? Arrays.copyOfRange(value, BYTE_ORDER_MARK.length, value.length) : value;
        return looksWide(json) ? SetAside.NO_JSON : parseJson(json, fields);
    }

    private static @Nullable SetAside parseJson(byte[] value, Fields fields) {
        var objectEnded = false;
        try (var parser = JSON.createParser(value)) {
            var first = parser.nextToken();
            if (first != JsonToken.START_OBJECT) {
                return first != null && endsCleanly(parser) ? SetAside.NO_OBJECT : SetAside.NO_JSON;
            }
            readFields(parser, value, fields);
            objectEnded = true;
            return parser.nextToken() == null ? null : SetAside.TRAILING;
        } catch (StreamConstraintsException e) {
            return SetAside.TOO_DEEP;
        } catch (JsonParseException e) {
            return objectEnded ? SetAside.TRAILING : SetAside.NO_JSON;
        } catch (HalfCharacter e) {
            return SetAside.NO_UTF8;
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot fail to be read", e);
        }
    }

    private static boolean endsCleanly(JsonParser parser) throws IOException {
        parser.skipChildren();
        return parser.nextToken() == null;
    }

    private static void readFields(JsonParser parser, byte[] value, Fields fields) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = wellFormed(parser.currentName());
            var token = parser.nextToken();
            fields.field(name, textOf(parser, token, value), token == JsonToken.VALUE_STRING);
        }
    }

    private static @Nullable UTF8String textOf(JsonParser parser, JsonToken token, byte[] value) throws IOException {
        var start = (int) parser.currentTokenLocation().getByteOffset();
        return switch (token) {
            case VALUE_NULL -> null;
            case VALUE_STRING -> stringAt(start + 1, parser, value);
            case START_OBJECT, START_ARRAY -> {
                parser.skipChildren();
                var end = (int) parser.currentLocation().getByteOffset();
                yield UTF8String.fromBytes(value, start, end - start);
            }
            default -> UTF8String.fromBytes(value, start, parser.getTextLength());
        };
    }

    /** The text after an opening quote: the bytes up to the closing one, unless something in it is escaped. */
    private static UTF8String stringAt(int start, JsonParser parser, byte[] value) throws IOException {
        for (var end = start; end < value.length; end++) {
            if (value[end] == '"') {
                return UTF8String.fromBytes(value, start, end - start);
            }
            if (value[end] == '\\') {
                return UTF8String.fromString(wellFormed(parser.getText()));
            }
        }
        throw new JsonParseException(parser, "the string never ends");
    }

    private static String wellFormed(String text) throws HalfCharacter {
        if (!Utf8.isWellFormed(text)) {
            throw new HalfCharacter();
        }
        return text;
    }

    /** An escape names half of a surrogate pair, which UTF-8 has no bytes for. */
    private static final class HalfCharacter extends IOException {
        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }

    private static boolean startsWithMark(byte[] value) {
        return value.length >= 3
                && value[0] == BYTE_ORDER_MARK[0]
                && value[1] == BYTE_ORDER_MARK[1]
                && value[2] == BYTE_ORDER_MARK[2];
    }

    /** Whether Jackson would take these bytes for UTF-16 or UTF-32, which no event is in. */
    private static boolean looksWide(byte[] value) {
        for (var i = 0; i < Math.min(value.length, 4); i++) {
            if (value[i] == 0) {
                return true;
            }
        }
        return false;
    }
}
