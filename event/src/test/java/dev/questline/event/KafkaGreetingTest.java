package dev.questline.event;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaGreetingTest {
    @TempDir
    Path folder;

    /** HTTP, SSH, TLS' alert, a Kafka's answer to another question, and one of length zero. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 400 Bad Request\r\n\r\n",
                "SSH-2.0-OpenSSH_9.2\r\n",
                "\u0015\u0003\u0003\u0000\u0002\u0002\u0050",
                "\u0000\u0000\u0000\u0006\u0000\u0000\u0000\u0002\u0000\u0000",
                "\u0000\u0000\u0000\u0000"
            })
    void refusesWhatIsNoKafka(String answer) throws Exception {
        try (var other = answering(answer)) {
            var server = "127.0.0.1:" + other.getLocalPort();
            assertThatThrownBy(() ->
                            KafkaGreeting.requireNoOther("127.0.0.1:1, PLAINTEXT://" + server, ClientProperties.NONE))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining(server + " is no Kafka, or one that wants TLS (kafka.client_properties)");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:1", "no.such.host.invalid:9092", "127.0.0.1:99999", "nonsense", ""})
    void saysNothingOfWhoIsAway(String servers) {
        assertThatCode(() -> KafkaGreeting.requireNoOther(servers, ClientProperties.NONE))
                .doesNotThrowAnyException();
    }

    @Test
    void saysNothingOfWhoIsSilentOrCloses() throws IOException {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var closing = answering("")) {
            assertThatCode(() -> KafkaGreeting.requireNoOther(
                            "127.0.0.1:" + silent.getLocalPort() + ",127.0.0.1:" + closing.getLocalPort(),
                            ClientProperties.NONE))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void leavesTlsToItsHandshake() throws IOException {
        var file = Files.writeString(folder.resolve("client.properties"), "security.protocol=sasl_ssl\n");
        try (var other = answering("HTTP/1.1 400 Bad Request\r\n\r\n")) {
            assertThatCode(() -> KafkaGreeting.requireNoOther(
                            "127.0.0.1:" + other.getLocalPort(), ClientProperties.of(Optional.of(file), "test")))
                    .doesNotThrowAnyException();
        }
    }

    /** Says the same to the first who connects, whatever that asks. */
    private static ServerSocket answering(String answer) throws IOException {
        var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var thread = new Thread(() -> {
            try (var client = server.accept()) {
                client.getOutputStream().write(answer.getBytes(ISO_8859_1));
                client.shutdownOutput();
                client.getInputStream().readAllBytes();
            } catch (IOException closed) {
                // The test is over.
            }
        });
        thread.setDaemon(true);
        thread.start();
        return server;
    }
}
