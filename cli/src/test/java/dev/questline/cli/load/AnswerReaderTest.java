package dev.questline.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class AnswerReaderTest {
    private static AnswerReader read(String answer) {
        var reader = new AnswerReader("GET");
        reader.add(Buffer.buffer(answer));
        return reader;
    }

    @Test
    void readsAnAnswerByteByByte() {
        var text = "HTTP/1.1 200 OK\r\nSERVER: q\r\ncontent-length: 3\r\n\r\nabc";
        var reader = new AnswerReader("GET");
        for (int i = 0; i < text.length(); i++) {
            assertThat(reader.isComplete()).isFalse();
            reader.add(Buffer.buffer(text.substring(i, i + 1)));
        }
        assertThat(reader.isComplete()).isTrue();
        assertThat(reader.answer().status()).isEqualTo(200);
        assertThat(reader.answer().server()).isEqualTo("q");
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
        head.add(Buffer.buffer("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n"));
        assertThat(head.isComplete()).isTrue();
    }

    @Test
    void knowsWhoKeepsConnections() {
        assertThat(read("HTTP/1.0 200 OK\r\n\r\n").answer().keepsConnection()).isFalse();
        assertThat(read("HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\n\r\n")
                        .answer()
                        .keepsConnection())
                .isTrue();
        assertThat(read("HTTP/1.1 200 OK\r\n\r\n").answer().keepsConnection()).isTrue();
        assertThat(read("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n").answer().keepsConnection())
                .isFalse();
    }

    @Test
    void takesNoAnswerForASuccess() {
        assertThat(read("SSH-2.0-OpenSSH_9.2\n\n").answer().is2xx()).isFalse();
    }
}
