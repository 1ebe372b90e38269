package dev.questline.log;

import static dev.questline.log.Events.append;
import static dev.questline.log.Events.event;
import static dev.questline.log.Events.kafka;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.questline.event.UserError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import org.apache.kafka.common.utils.internals.Exit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {
    @TempDir
    Path folder;

    private final int port = LoopbackPort.anyFree();

    @AfterEach
    void awaitStopped() {
        Events.awaitBrokersStopped();
    }

    @Test
    void whatWasAppendedIsThereAfterARestart() {
        try (var broker = EmbeddedBroker.start(folder, port);
                var log = Events.open(kafka(port, "events", 1))) {
            append(log, event("before"));
            assertThat(broker.isAlive()).isTrue();
        }
        try (var broker = EmbeddedBroker.start(folder, port)) {
            assertThat(broker.isAlive()).isTrue();
            assertThat(broker.bootstrapServers()).isEqualTo("localhost:" + port);
            var ids = new ArrayList<String>();
            try (var reader = LogReader.open(broker.bootstrapServers(), "events")) {
                reader.readToEnd(new StartOffset.Beginning(), LogReader.NO_LIMIT, r -> ids.add(LogReader.eventId(r)));
            }
            assertThat(ids).containsExactly("before");
        }
    }

    @Test
    void stopsSoonAndLetsGoOfPortAndFolder() {
        var broker = EmbeddedBroker.start(folder, port);
        long start = System.nanoTime();
        broker.close();
        broker.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
        assertThat(broker.isAlive()).isFalse();
        assertThat(broker.death().toCompletableFuture()).isNotDone();
        LoopbackPort.requireFree(port, "kafka.port", "QUESTLINE_KAFKA_PORT");
        EmbeddedBroker.start(folder, port).close();
    }

    @Test
    void takenPortIsNamedWithItsSettingBeforeAnythingIsWritten() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> EmbeddedBroker.start(folder, taken.getLocalPort()))
                    .isInstanceOfSatisfying(
                            UserError.class, e -> assertThat(e.exitCode()).isEqualTo(UserError.FAILED))
                    .hasMessageContainingAll(
                            "port " + taken.getLocalPort(), "kafka.port", "QUESTLINE_KAFKA_PORT", "--set kafka.port=");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void fileInPlaceOfTheFolderIsNamed() throws IOException {
        var file = Files.writeString(folder.resolve("kafka"), "mine");
        assertThatThrownBy(() -> EmbeddedBroker.start(file, port))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(file + " is not a folder");
        assertThat(file).hasContent("mine");
    }

    @Test
    void folderThatCannotBeMadeIsNamed() {
        // In /proc nobody makes folders, not even root, for whom permissions do not count.
        assertThatThrownBy(() -> EmbeddedBroker.start(Path.of("/proc/questline/kafka"), port))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("/proc/questline");
    }

    @Test
    void folderInUseIsNamed() {
        try (var broker = EmbeddedBroker.start(folder, port)) {
            assertThatThrownBy(() -> EmbeddedBroker.start(folder, LoopbackPort.anyFree()))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("another broker uses the folder " + folder);
            assertThat(broker.isAlive()).isTrue();
        }
    }

    @Test
    void halfFormattedFolderHeals() throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve("data.new")).resolve("bootstrap.checkpoint"), "torn");
        Files.createDirectory(folder.resolve("data"));
        EmbeddedBroker.start(folder, port).close();
        assertThat(folder.resolve("data.new")).doesNotExist();
        assertThat(folder.resolve("data/meta.properties")).exists();
    }

    @Test
    void foreignDataAreLeftAlone() throws IOException {
        var foreign =
                Files.writeString(Files.createDirectory(folder.resolve("data")).resolve("diary.txt"), "mine");
        assertThatThrownBy(() -> EmbeddedBroker.start(folder, port))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(folder.resolve("data") + " is not the data of a Kafka broker");
        assertThat(foreign).hasContent("mine");
    }

    @Test
    void dataOfAnotherClustersNodeAreLeftAlone() throws IOException {
        EmbeddedBroker.start(folder, port).close();
        var meta = folder.resolve("data/meta.properties");
        Files.writeString(meta, Files.readString(meta).replace("node.id=1", "node.id=7"));
        assertThatThrownBy(() -> EmbeddedBroker.start(folder, port))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("7");
        Files.writeString(meta, Files.readString(meta).replace("node.id=7", "node.id=1"));
        EmbeddedBroker.start(folder, port).close();
    }

    @Test
    void fatalFaultIsReportedInPlaceOfEndingTheProcess() {
        try (var broker = EmbeddedBroker.start(folder, port)) {
            Exit.halt(1, "no log directory is left");
            assertThat(broker.isAlive()).isFalse();
            assertThat(broker.death().toCompletableFuture().join())
                    .startsWith("no log directory is left; ")
                    .endsWith(" left on the disk of " + folder);
        }
        EmbeddedBroker.start(folder, port).close();
    }
}
