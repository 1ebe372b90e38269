package dev.questline.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.questline.event.Settings;
import dev.questline.event.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the user's file says to Kafka's producer, and what it may not say; no broker is needed to hear of it. */
class OwnClientPropertiesTest {
    @TempDir
    Path folder;

    private Settings.Kafka kafka(String properties) throws IOException {
        var file = Files.writeString(folder.resolve("client.properties"), properties);
        return new Settings.Kafka(Optional.empty(), LoopbackPort.anyFree(), "events", 1).with(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "5", "1250"})
    void aBatchIsWaitedForWithinTheTimeOfAnAppend(String linger) throws IOException {
        try (var log = KafkaEventLog.openPatient(kafka("linger.ms=" + linger + "\n"))) {
            assertThat(log.isAvailable()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1251", "60000", "9000000000000000000"})
    void aLongerWaitIsNamedWithWhatIsAllowed(String linger) throws IOException {
        var kafka = kafka("linger.ms = " + linger + "\n");
        assertThatThrownBy(() -> KafkaEventLog.openPatient(kafka))
                .isInstanceOfSatisfying(
                        UserError.class, e -> assertThat(e.exitCode()).isEqualTo(UserError.WRONG_USE))
                .hasMessage("kafka.client_properties: " + folder.resolve("client.properties") + ": linger.ms is "
                        + linger + "; allowed is up to 1250, as after five seconds a request is answered");
    }

    @Test
    void whatIsNoNumberIsKafkasToName() throws IOException {
        var kafka = kafka("linger.ms=soon\n");
        assertThatThrownBy(() -> KafkaEventLog.openPatient(kafka))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(folder.resolve("client.properties").toString())
                .hasMessageContaining("linger.ms");
    }

    @Test
    void whoFollowsTheLogGoesByThemToo() throws IOException {
        var config = ClientConfig.follower(kafka("fetch.max.wait.ms=7\nmax.poll.records=11\n"));
        assertThat(config)
                .containsEntry("fetch.max.wait.ms", "7")
                .containsEntry("max.poll.records", "11")
                .containsEntry("isolation.level", "read_uncommitted");
    }
}
