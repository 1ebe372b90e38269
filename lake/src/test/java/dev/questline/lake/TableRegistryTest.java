package dev.questline.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.questline.event.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableRegistryTest {
    @TempDir
    Path folder;

    @Test
    void isEmptyBeforeTheFirstTable() {
        assertThat(TableRegistry.read(folder.resolve("none"))).isEmpty();
    }

    @Test
    void theLatestWriteOfANameWins() {
        var data = folder.resolve(".questline");
        TableRegistry.put(data, "swords", "file:///a/swords");
        TableRegistry.put(data, "knives \"x\"", "hdfs://h:8020/knives");
        TableRegistry.put(data, "swords", "file:///b/swords");

        assertThat(TableRegistry.read(data))
                .isEqualTo(Map.of("swords", "file:///b/swords", "knives \"x\"", "hdfs://h:8020/knives"));
    }

    @Test
    void losesNoneOfManyAtATime() {
        IntStream.range(0, 40).parallel().forEach(i -> TableRegistry.put(folder, "t" + i, "file:///t" + i));

        assertThat(TableRegistry.read(folder)).hasSize(40);
    }

    @Test
    void saysWhichFileIsDamaged() throws Exception {
        Files.writeString(folder.resolve("tables.json"), "{\"a\":");

        assertThatThrownBy(() -> TableRegistry.read(folder))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(folder.resolve("tables.json").toString());
    }
}
