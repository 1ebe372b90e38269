package dev.questline.collect;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.questline.event.Catalog;
import dev.questline.event.Settings;
import dev.questline.event.UserError;
import dev.questline.log.LoopbackPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An address at which nobody can listen, and the setting it came from. */
class ListenTest {
    private final MemoryLog log = new MemoryLog();

    @Test
    void namesTheSettingWhenThePortIsTaken() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> start("127.0.0.1", taken.getLocalPort()))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("port " + taken.getLocalPort() + " is taken")
                    .hasMessageContaining("collector.port")
                    .hasMessageContaining("QUESTLINE_COLLECTOR_PORT")
                    .hasMessageContaining("--set collector.port=");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-such-host.invalid", "192.0.2.1"})
    void namesTheSettingWhenTheHostIsWrong(String host) {
        assertThatThrownBy(() -> start(host, LoopbackPort.anyFree()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(host)
                .hasMessageContaining("collector.host");
    }

    private void start(String host, int port) {
        Collector.start(Settings.Collector.at(host, port), () -> Catalog.BUILT_IN, log, AccessLog.off());
    }
}
