package dev.questline.lake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
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
        var start = startsWithMark(value) ? BYTE_ORDER_MARK.length : 0;
        return looksWide(value, start) ? SetAside.NO_JSON : parse(value, start, fields);
    }

    private static @Nullable SetAside parse(byte[] value, int start, Fields fields) {
        var inObject = false;
        try (var parser = JSON.createParser(value, start, value.length - start)) {
            var first = parser.nextToken();
            if (first == null) {
                return SetAside.NO_JSON;
            }
            if (first != JsonToken.START_OBJECT) {
                return endsCleanly(parser) ? SetAside.NO_OBJECT : SetAside.NO_JSON;
            }
            var wellFormed = readFields(parser, value, fields);
            inObject = true;
            return parser.nextToken() != null ? SetAside.TRAILING : wellFormed ? null : SetAside.NO_UTF8;
        } catch (StreamConstraintsException e) {
            return SetAside.TOO_DEEP;
        } catch (JsonParseException e) {
            return inObject ? SetAside.TRAILING : SetAside.NO_JSON;
        } catch (IOException e) {
            throw new AssertionError("bytes in memory cannot fail to be read", e);
        }
    }

    private static boolean endsCleanly(JsonParser parser) throws IOException {
        parser.skipChildren();
        return parser.nextToken() == null;
    }

    /** Returns false if some text cannot be in UTF-8: it escapes half a surrogate pair. */
    private static boolean readFields(JsonParser parser, byte[] value, Fields fields) throws IOException {
        var wellFormed = true;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = parser.currentName();
            var token = parser.nextToken();
            var text = textOf(parser, token, value);
            wellFormed &= Utf8.isWellFormed(name) && text != MALFORMED;
            fields.field(name, text, token == JsonToken.VALUE_STRING);
        }
        return wellFormed;
    }

    private static final UTF8String MALFORMED = UTF8String.fromString("malformed");

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
                var text = parser.getText();
                return Utf8.isWellFormed(text) ? UTF8String.fromString(text) : MALFORMED;
            }
        }
        parser.finishToken(); // Throws: the string never ends.
        return MALFORMED;
    }

    private static boolean startsWithMark(byte[] value) {
        return value.length >= 3
                && value[0] == BYTE_ORDER_MARK[0]
                && value[1] == BYTE_ORDER_MARK[1]
                && value[2] == BYTE_ORDER_MARK[2];
    }

    /** Whether Jackson would take these bytes for UTF-16 or UTF-32, which no event is in. */
    private static boolean looksWide(byte[] value, int start) {
        for (var i = start; i < Math.min(value.length, start + 4); i++) {
            if (value[i] == 0) {
                return true;
            }
        }
        return false;
    }
}
