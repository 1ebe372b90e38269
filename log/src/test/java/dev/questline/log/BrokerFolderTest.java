package dev.questline.log;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.questline.event.UserError;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BrokerFolderTest {
    @Test
    void aFullDiskIsToldBeforeKafkaMeetsIt() {
        var folder = Path.of("/data/kafka");
        assertThatThrownBy(() -> BrokerFolder.requireSpace(folder, 3_500_000))
                .isInstanceOf(UserError.class)
                .hasMessage("the disk of /data/kafka has 3 MiB left; the broker needs 64 MiB to start");
        BrokerFolder.requireSpace(folder, 64 * 1024 * 1024);
    }
}
