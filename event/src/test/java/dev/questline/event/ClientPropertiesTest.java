package dev.questline.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientPropertiesTest {
    @TempDir
    Path folder;

    @Test
    void areReadAsKafkaReadsThem() throws IOException {
        var read = read("""
                # a comment
                security.protocol = SASL_SSL
                sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required \\
                  username="alice" password="s3cret";
                """);
        assertThat(read.byKey())
                .isEqualTo(Map.of(
                        "security.protocol",
                        "SASL_SSL",
                        "sasl.jaas.config",
                        "org.apache.kafka.common.security.plain.PlainLoginModule required "
                                + "username=\"alice\" password=\"s3cret\";"));
        assertThat(read.toString()).contains("sasl.jaas.config").doesNotContain("s3cret");
    }

    @Test
    void withoutAFileThereAreNone() {
        assertThat(ClientProperties.of(new Settings.Kafka(Optional.empty(), 9092, "events", 1)))
                .isSameAs(ClientProperties.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "acks",
                "enable.idempotence",
                "value.serializer",
                "isolation.level",
                "bootstrap.servers",
                "retries",
                "max.in.flight.requests.per.connection",
                "request.timeout.ms",
                "delivery.timeout.ms",
                "default.api.timeout.ms"
            })
    void mayNotSayWhatQuestlinesPromisesRestOn(String key) {
        assertThatThrownBy(() -> read("client.id=me\n" + key + "=s3cret\n"))
                .isInstanceOfSatisfying(
                        UserError.class, e -> assertThat(e.exitCode()).isEqualTo(2))
                .hasMessageStartingWith("kafka.client_properties: " + file() + " may not set " + key + " (")
                .hasMessageEndingWith("); take it out")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void maySayWhatIsSoAnyway() throws IOException {
        assertThat(read("client.id=me\nacks=all\nenable.idempotence=true\n").byKey())
                .isEqualTo(Map.of("client.id", "me"));
        assertThat(read("acks=-1\n").byKey()).isEmpty();
        assertThatThrownBy(() -> read("acks=1\n")).hasMessageContaining(" may not set acks (");
    }

    @Test
    void aFileThatIsNotThereOrNoPropertiesIsNamed() throws IOException {
        assertThatThrownBy(() -> ClientProperties.of(Optional.of(file()), "--command-config"))
                .isInstanceOf(UserError.class)
                .hasMessage("--command-config: there is no file " + file());
        assertThatThrownBy(() -> read("a=\\u12\n"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("kafka.client_properties: " + file() + " is no Java properties file: ");
        Files.delete(file());
        Files.createDirectory(file());
        assertThatThrownBy(() -> ClientProperties.of(Optional.of(file()), "--command-config"))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("--command-config: cannot read " + file() + ": ");
    }

    private ClientProperties read(String content) throws IOException {
        Files.writeString(file(), content);
        return ClientProperties.of(new Settings.Kafka(Optional.empty(), 9092, "events", 1).with(file()));
    }

    private Path file() {
        return folder.resolve("client.properties");
    }
}
