package dev.questline.cli.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTest {
    private static AnswerReader read(String answer) {
        var reader = new AnswerReader("GET");
        add(reader, answer);
        return reader;
    }

    private static void add(AnswerReader reader, String part) {
        var bytes = part.getBytes(ISO_8859_1);
        reader.add(bytes, 0, bytes.length);
    }

    private static void addByteByByte(AnswerReader reader, String text) {
        for (int i = 0; i < text.length(); i++) {
            assertThat(reader.isComplete()).isFalse();
            add(reader, text.substring(i, i + 1));
        }
        assertThat(reader.isComplete()).isTrue();
    }

    @Test
    void readsAnAnswerByteByByte() {
        var text = "HTTP/1.1 200 OK\r\nSERVER: q\r\ncontent-length: 3\r\n\r\nabc";
        var reader = new AnswerReader("GET");
        addByteByByte(reader, text);
        assertThat(reader.head().status()).isEqualTo(200);
        assertThat(reader.head().server()).isEqualTo("q");
        assertThat(reader.bodyBytes()).isEqualTo(3);
        assertThat(reader.bytes()).isEqualTo(text.length());
    }

    @Test
    void knowsWhenTheConnectionsEndIsTheAnswers() {
        assertThat(read("HTTP/1.0 200 OK\r\n\r\nabc").isComplete()).isFalse();
        assertThat(read("HTTP/1.0 200 OK\r\n\r\nabc").isCompleteAtEnd()).isTrue();
        assertThat(read("HTTP/1.0 200 OK\r\nContent-Length: 4\r\n\r\nabc").isCompleteAtEnd())
                .isFalse();
        assertThat(read("HTTP/1.0 200 OK\r\nServer: q").isCompleteAtEnd()).isFalse();
    }

    @Test
    void expectsNoBodyWhereThereIsNone() {
        assertThat(read("HTTP/1.1 204 No Content\r\nContent-Length: 4\r\n\r\n").isComplete())
                .isTrue();
        var head = new AnswerReader("HEAD");
        add(head, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n");
        assertThat(head.isComplete()).isTrue();
    }

    @Test
    void knowsWhoKeepsConnections() {
        assertThat(read("HTTP/1.0 200 OK\r\n\r\n").head().keepsConnection()).isFalse();
        assertThat(read("HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\n\r\n")
                        .head()
                        .keepsConnection())
                .isTrue();
        assertThat(read("HTTP/1.1 200 OK\r\n\r\n").head().keepsConnection()).isTrue();
        assertThat(read("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n").head().keepsConnection())
                .isFalse();
    }

    @Test
    void takesNoAnswerForASuccess() {
        assertThat(read("SSH-2.0-OpenSSH_9.2\n\n").head().is2xx()).isFalse();
    }

    @Test
    void readsChunks() {
        var text = "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\nContent-Length: 1\r\n\r\n"
                + "3\r\nabc\r\nA;x=y\r\n0123456\r\n9\r\n0\r\nTrailer: 1\r\n\r\n";
        var reader = new AnswerReader("GET");
        for (int round = 0; round < 2; round++) {
            addByteByByte(reader, text);
            assertThat(reader.bodyBytes()).isEqualTo(13);
            assertThat(reader.bytes()).isEqualTo(text.length());
            assertThat(reader.head().keepsConnection()).isTrue();
            reader.clear();
        }
        add(reader, text);
        assertThat(reader.isComplete()).isTrue();
        assertThat(reader.hasSurplus()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\r\n", "\r\n", "1000000000000\r\n", "1\r\nabc\r\n"})
    void findsBrokenChunks(String chunk) {
        var reader = read("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk);
        assertThat(reader.isBroken()).isTrue();
        assertThat(reader.isCompleteAtEnd()).isFalse();
    }

    @Test
    void waitsForTheAnswerBehindAnInterimOne() {
        var reader = read("HTTP/1.1 100 Continue\r\nContent-Length: 0\r\n\r\n");
        assertThat(reader.isComplete()).isFalse();
        add(reader, "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na");
        assertThat(reader.isComplete()).isTrue();
        assertThat(reader.head().is2xx()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"Retry-After: 3, 3", "retry-after:0, 0", "Retry-After: Fri 31 Dec, -1", "Retry-Later: 3, -1"})
    void knowsWhenToComeBack(String header, int seconds) {
        var head = read("HTTP/1.1 503 No\r\n" + header + "\r\nContent-Length: 0\r\n\r\n")
                .head();
        assertThat(head.asksToComeBack()).isTrue();
        assertThat(head.retryAfterSeconds()).isEqualTo(seconds);
    }

    @Test
    void noticesWhatNoAnswerHas() {
        var reader = read("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nab");
        assertThat(reader.isComplete()).isTrue();
        assertThat(reader.hasSurplus()).isTrue();

        var endless = new AnswerReader("GET");
        var part = new byte[1 << 16];
        for (int i = 0; i <= 16; i++) {
            endless.add(part, 0, part.length);
        }
        assertThat(endless.isBroken()).isTrue();
    }
}
