package dev.questline.lake;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventParserTest {

    @Test
    void keepsEachValueAsItStands() {
        assertThat(fields("""
                        {"s":"text","n":1.10,"big":1e400,"long":123456789012345678901234567890,"neg":-0,"t":true,
                         "f":false,"nothing":null,"empty":"","o":{"a": [1, 2 ]},"a":[ ]}"""))
                .containsExactly(
                        "s=text",
                        "n=1.10",
                        "big=1e400",
                        "long=123456789012345678901234567890",
                        "neg=-0",
                        "t=true",
                        "f=false",
                        "nothing=null",
                        "empty=",
                        "o={\"a\": [1, 2 ]}",
                        "a=[ ]");
    }

    @Test
    void decodesEscapesInStringsAndNamesAlone() {
        assertThat(fields("{\"a\\u0062\":\"\\u00e9\\n\\\"\\uD83D\\uDE00\",\"raw\":[\"\\u00e9\"]}"))
                .containsExactly("ab=é\n\"😀", "raw=[\"\\u00e9\"]");
    }

    @Test
    void takesAnyNameAndText() {
        assertThat(fields("{\"\":\"no name\",\"a.b\":\"ä\",\"😀 x\":\"日本\"}"))
                .containsExactly("=no name", "a.b=ä", "😀 x=日本");
    }

    @Test
    void givesARepeatedFieldAsOftenAsItStands() {
        assertThat(fields("{\"a\":1,\"a\":2}")).containsExactly("a=1", "a=2");
    }

    @Test
    void hasNoLimitOfSize() {
        var text = "x".repeat(2_000_000);
        var digits = "9".repeat(20_000);
        assertThat(fields("{\"s\":\"" + text + "\",\"n\":" + digits + ",\"" + text + "\":0}"))
                .containsExactly("s=" + text, "n=" + digits, text + "=0");
    }

    @Test
    void allowsForAByteOrderMarkAndWhiteSpace() {
        assertThat(fields("\ufeff\n {\"a\" : 1.50 , \"b\":\"c\"}\r\n ")).containsExactly("a=1.50", "b=c");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "``                     | EMPTY",
                "` `                    | NO_JSON",
                "plain                  | NO_JSON",
                "{\"a\":                | NO_JSON",
                "{\"a\":\"b             | NO_JSON",
                "{\"a\":\"b\\q\"}       | NO_JSON",
                "{\"a\":01}             | NO_JSON",
                "{\"a\":NaN}            | NO_JSON",
                "{'a':1}                | NO_JSON",
                "{\"a\":1,}             | NO_JSON",
                "[1] x                  | NO_JSON",
                "[1,{\"a\":2}]          | NO_OBJECT",
                "\"text\"               | NO_OBJECT",
                "1.5                    | NO_OBJECT",
                "null                   | NO_OBJECT",
                "{\"a\":1} x            | TRAILING",
                "{\"a\":1}{\"a\":2}     | TRAILING",
                "{\"a\":1}}             | TRAILING",
                "{\"a\":\"\\ud800\"}    | NO_UTF8",
                "{\"a\":\"\\udc00x\"}   | NO_UTF8",
                "{\"\\ud800\":1}        | NO_UTF8",
            })
    void setsAsideWhatIsNoEvent(String value, SetAside reason) {
        assertThat(reasonFor(value.getBytes(UTF_8))).isEqualTo(reason);
    }

    @Test
    void setsAsideARecordWithoutAValue() {
        assertThat(reasonFor(null)).isEqualTo(SetAside.NO_VALUE);
    }

    @Test
    void setsAsideAControlCharacterInAString() {
        assertThat(reasonFor("{\"a\":\"b\nc\"}".getBytes(UTF_8))).isEqualTo(SetAside.NO_JSON);
    }

    /** A stray byte, one too few, a surrogate, and an overlong slash: none may become a replacement character. */
    @ParameterizedTest
    @ValueSource(strings = {"ff", "c3", "eda080", "c0af", "f4908080"})
    void setsAsideBytesThatAreNoUtf8(String hex) {
        var bytes = ("{\"a\":\"" + " ".repeat(hex.length() / 2) + "\"}").getBytes(UTF_8);
        for (var i = 0; i < hex.length() / 2; i++) {
            bytes[6 + i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
        }
        assertThat(reasonFor(bytes)).isEqualTo(SetAside.NO_UTF8);
    }

    @Test
    void setsAsideOtherEncodings() {
        assertThat(reasonFor("{\"a\":1}".getBytes(UTF_16LE))).isEqualTo(SetAside.NO_JSON);
    }

    @Test
    void bindsDepthAlone() {
        var fits = EventParser.MAX_DEPTH - 1;
        assertThat(reasonFor(nested(fits))).isNull();
        assertThat(reasonFor(nested(fits + 1))).isEqualTo(SetAside.TOO_DEEP);
    }

    private static byte[] nested(int depth) {
        return ("{\"a\":" + "[".repeat(depth) + "]".repeat(depth) + "}").getBytes(UTF_8);
    }

    private static SetAside reasonFor(byte[] value) {
        return EventParser.parse(value, (name, text, isString) -> {});
    }

    private static List<String> fields(String value) {
        var fields = new ArrayList<String>();
        var reason = EventParser.parse(value.getBytes(UTF_8), (name, text, isString) -> fields.add(name + "=" + text));
        assertThat(reason).isNull();
        return fields;
    }
}
