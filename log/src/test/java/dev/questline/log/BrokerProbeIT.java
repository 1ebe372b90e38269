package dev.questline.log;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.questline.event.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In both ways of asking: over a bare socket, and, with properties of the user's, by Kafka's own client. */
class BrokerProbeIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);

    @TempDir
    Path folder;

    private List<Settings.Kafka> bothWays(int port) throws IOException {
        var plain = new Settings.Kafka(Optional.of("localhost:" + port), 0, "events", 1);
        return List.of(plain, plain.with(Files.writeString(folder.resolve("client.properties"), "client.id=mine\n")));
    }

    @Test
    void findsABrokerThatIsThereAndMissesOneThatIsNot() throws Exception {
        int port = LoopbackPort.anyFree();
        try (var broker = EmbeddedBroker.start(folder.resolve("broker"), port)) {
            for (var kafka : bothWays(port)) {
                assertThatCode(() -> BrokerProbe.ask(kafka, LIMIT)).doesNotThrowAnyException();
            }
        }
        Events.awaitBrokersStopped();
        for (var kafka : bothWays(port)) {
            assertThatThrownBy(() -> BrokerProbe.ask(kafka, SHORT))
                    .isInstanceOfAny(IOException.class, TimeoutException.class);
        }
    }

    @Test
    void missesWhatHangsOrIsNone() throws Exception {
        try (var hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            for (var kafka : bothWays(hanging.getLocalPort())) {
                assertThatThrownBy(() -> BrokerProbe.ask(kafka, SHORT))
                        .isInstanceOfAny(IOException.class, TimeoutException.class);
            }
        }
    }
}
