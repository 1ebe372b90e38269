package dev.questline.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.questline.event.UserError;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class KafkaTopicsIT {
    private static final int PORT = LoopbackPort.anyFree();
    private static final String SERVERS = "localhost:" + PORT;

    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    static Path folder;

    private static EmbeddedBroker broker;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(folder.resolve("kafka"), PORT);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
        Events.awaitBrokersStopped();
    }

    @Test
    void createsListsDescribesAltersAndDeletes() {
        var create = List.of("--create", "--if-not-exists", "--topic", "quests", "--partitions", "2");
        assertThat(output(create)).contains("Created topic quests.");
        assertThat(output(create)).doesNotContain("Created");
        awaitOutput(List.of("--list"), "quests");
        awaitOutput(List.of("--describe", "--topic", "quests"), "PartitionCount: 2");
        output(List.of("--alter", "--topic", "quests", "--partitions", "3"));
        awaitOutput(List.of("--describe", "--topic", "quests"), "PartitionCount: 3");
        output(List.of("--delete", "--topic", "quests"));
        Events.await(SOON, () -> !output(List.of("--list")).contains("quests"));
    }

    /** What the controller has decided the broker learns a moment later. */
    private static void awaitOutput(List<String> arguments, String expected) {
        Events.await(SOON, () -> output(arguments).contains(expected));
    }

    @Test
    void whatTheBrokerRefusesIsOneMessage() {
        output(List.of("--create", "--topic", "twice"));
        assertFails(List.of("--create", "--topic", "twice"), UserError.FAILED, "Topic 'twice' already exists");
        assertFails(List.of("--describe", "--topic", "nothing"), UserError.FAILED, "nothing");
        assertFails(
                List.of("--create", "--topic", "x", "--replication-factor", "3"),
                UserError.FAILED,
                "eplication factor");
    }

    @Test
    void wrongFlagsAreWrongUse() {
        assertFails(List.of(), UserError.WRONG_USE, "exactly one action");
        assertFails(List.of("--create"), UserError.WRONG_USE, "topic");
        assertFails(List.of("--lst"), UserError.WRONG_USE, "did you mean 'list'?");
        assertFails(List.of("--create", "--topic", "x", "--partitions", "many"), UserError.WRONG_USE, "many");
        assertFails(List.of("--describe", "--topic"), UserError.WRONG_USE, "topic requires an argument");
    }

    @Test
    void helpAndVersionAreResults() {
        assertThat(output(List.of("--help"))).contains("--if-not-exists");
        assertThat(output(List.of("--version"))).contains("4.");
    }

    @Test
    @Timeout(8)
    void brokerThatDoesNotAnswerIsNamed() {
        var nobody = "localhost:" + LoopbackPort.anyFree();
        assertThatThrownBy(() -> KafkaTopics.run(List.of("--list", "--bootstrap-server", nobody), SERVERS))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("Kafka at " + nobody + " does not answer");
    }

    @Test
    void ownClientSettingsAreTaken() throws Exception {
        var config = Files.writeString(folder.resolve("client.properties"), "client.id=mine\n");
        output(List.of("--list", "--command-config", config.toString()));
        assertFails(List.of("--list", "--command-config", "/no/such/file"), UserError.FAILED, "/no/such/file");
    }

    private static void assertFails(List<String> arguments, int exitCode, String message) {
        assertThatThrownBy(() -> output(arguments))
                .isInstanceOfSatisfying(
                        UserError.class, e -> assertThat(e.exitCode()).isEqualTo(exitCode))
                .hasMessageContaining(message);
    }

    private static String output(List<String> arguments) {
        var stdout = System.out;
        var captured = new ByteArrayOutputStream();
        System.setOut(new PrintStream(captured, true, UTF_8));
        try {
            assertThat(KafkaTopics.run(arguments, SERVERS)).isZero();
            return captured.toString(UTF_8);
        } finally {
            System.setOut(stdout);
        }
    }
}
