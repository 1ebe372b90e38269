package dev.questline.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.questline.event.UserError;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * How a record is shown: kcat's {@code -f}, such as {@code "%o %k: %s\n"}. Keys and values are written byte for byte, and
 * no line ends but where the format says so.
 */
public final class RecordFormat {
    private static final byte[] NULL = "NULL".getBytes(UTF_8);
    private static final Map<Character, Piece> TOKENS = Map.of(
            's', (record, out) -> bytes(record.value(), out),
            'S', (record, out) -> text(length(record.value()), out),
            'k', (record, out) -> bytes(record.key(), out),
            'K', (record, out) -> text(length(record.key()), out),
            't', (record, out) -> text(record.topic(), out),
            'p', (record, out) -> text(record.partition(), out),
            'o', (record, out) -> text(record.offset(), out),
            'T', (record, out) -> text(record.timestamp(), out),
            'h', RecordFormat::headers,
            '%', (record, out) -> out.write('%'));
    private static final Map<Character, Character> ESCAPES = Map.of('n', '\n', 't', '\t', 'r', '\r', '\\', '\\');

    /** The value and a line's end. */
    public static final RecordFormat VALUE_LINE = parse("%s\\n");

    private final List<Piece> pieces;

    private RecordFormat(List<Piece> pieces) {
        this.pieces = List.copyOf(pieces);
    }

    /** Reads a format; throws a {@link UserError} that says what is allowed. */
    public static RecordFormat parse(String format) {
        var pieces = new ArrayList<Piece>();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c == '%') {
                pieces.add(special(TOKENS, format, i++));
            } else if (c == '\\') {
                pieces.add(literal(String.valueOf(special(ESCAPES, format, i++))));
            } else {
                int end = literalEnd(format, i);
                pieces.add(literal(format.substring(i, end)));
                i = end - 1;
            }
        }
        return new RecordFormat(pieces);
    }

    private static <T> T special(Map<Character, T> known, String format, int at) {
        var found = at + 1 < format.length() ? known.get(format.charAt(at + 1)) : null;
        if (found == null) {
            throw UserError.wrongUse("'" + format.substring(at, Math.min(at + 2, format.length())) + "' in the format '"
                    + format + "' is unknown; allowed are %s value, %S its length, %k key, %K its length, %t topic,"
                    + " %p partition, %o offset, %T timestamp, %h headers, %%, \\n, \\r, \\t and \\\\");
        }
        return found;
    }

    private static int literalEnd(String format, int from) {
        int end = from;
        while (end < format.length() && format.charAt(end) != '%' && format.charAt(end) != '\\') {
            end++;
        }
        return end;
    }

    private static Piece literal(String text) {
        var bytes = text.getBytes(UTF_8);
        return (record, out) -> out.write(bytes);
    }

    /** Writes one record. */
    public void write(ConsumerRecord<byte[], byte[]> record, OutputStream out) throws IOException {
        for (var piece : pieces) {
            piece.write(record, out);
        }
    }

    private static void headers(ConsumerRecord<byte[], byte[]> record, OutputStream out) throws IOException {
        var separator = "";
        for (var header : record.headers()) {
            text(separator + header.key() + "=", out);
            out.write(header.value() == null ? NULL : header.value());
            separator = ",";
        }
    }

    private static void bytes(byte @Nullable [] bytes, OutputStream out) throws IOException {
        if (bytes != null) {
            out.write(bytes);
        }
    }

    private static void text(Object value, OutputStream out) throws IOException {
        out.write(value.toString().getBytes(UTF_8));
    }

    /** As kcat has it, -1 for what is absent. */
    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? -1 : bytes.length;
    }

    private interface Piece {
        void write(ConsumerRecord<byte[], byte[]> record, OutputStream out) throws IOException;
    }
}
