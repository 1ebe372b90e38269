package dev.questline.log;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.questline.event.UserError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordFormatTest {
    private static final byte[] NOT_UTF_8 = {'v', (byte) 0xff, 0, '\n', 'w'};

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    %s           | välue
                    %S           | 6
                    %k           | key
                    %K           | 3
                    %t           | events
                    %p           | 2
                    %o           | 42
                    %T           | 1700000000000
                    %h           | ce_id=7,empty=,absent=NULL
                    100%%        | 100%
                    a%%sb        | a%sb
                    %p/%o: %s.   | 2/42: välue.
                    \\\\%k       | \\key
                    """)
    void showsWhatTheFormatSays(String format, String shown) throws IOException {
        assertThat(show(format, "key".getBytes(UTF_8), "välue".getBytes(UTF_8))).isEqualTo(shown.getBytes(UTF_8));
    }

    @Test
    void endsLinesOnlyWhereTold() throws IOException {
        assertThat(show("%k\\t%s\\r\\n", "k".getBytes(UTF_8), "v".getBytes(UTF_8)))
                .isEqualTo("k\tv\r\n".getBytes(UTF_8));
    }

    @Test
    void bytesAreUnchanged() throws IOException {
        var out = new ByteArrayOutputStream();
        RecordFormat.VALUE_LINE.write(record(null, NOT_UTF_8), out);
        assertThat(out.toString(ISO_8859_1)).isEqualTo(new String(NOT_UTF_8, ISO_8859_1) + "\n");
    }

    @Test
    void absentKeyAndValueAreEmptyAndOfLengthMinusOne() throws IOException {
        assertThat(show("[%k %K %s %S]", null, null)).isEqualTo("[ -1  -1]".getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%x", "%s %", "\\q", "line\\"})
    void unknownPartsAreWrongUse(String format) {
        assertThatThrownBy(() -> RecordFormat.parse(format))
                .isInstanceOfSatisfying(
                        UserError.class, e -> assertThat(e.exitCode()).isEqualTo(UserError.WRONG_USE))
                .hasMessageContaining(format)
                .hasMessageContaining("%h headers");
    }

    private static byte[] show(String format, byte[] key, byte[] value) throws IOException {
        var out = new ByteArrayOutputStream();
        RecordFormat.parse(format).write(record(key, value), out);
        return out.toByteArray();
    }

    private static ConsumerRecord<byte[], byte[]> record(byte[] key, byte[] value) {
        var headers = new RecordHeaders()
                .add("ce_id", "7".getBytes(UTF_8))
                .add("empty", new byte[0])
                .add("absent", null);
        return new ConsumerRecord<>(
                "events",
                2,
                42,
                1_700_000_000_000L,
                TimestampType.CREATE_TIME,
                3,
                5,
                key,
                value,
                headers,
                Optional.empty());
    }
}
