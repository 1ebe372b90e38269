package dev.questline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.questline.collect.AccessLog;
import dev.questline.collect.Collector;
import dev.questline.event.Catalog;
import dev.questline.event.Event;
import dev.questline.event.Settings;
import dev.questline.log.EmbeddedBroker;
import dev.questline.log.EventLog;
import dev.questline.log.KafkaEventLog;
import dev.questline.log.KafkaTopics;
import dev.questline.log.LogReader;
import dev.questline.log.LoopbackPort;
import dev.questline.log.Receipt;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command, a collector and a real broker: what is sent is found; what isn't is told. */
class LoadIT {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private int load(String... arguments) {
        out.reset();
        var line = new ArrayList<>(List.of("load"));
        line.addAll(List.of(arguments));
        var caller = new Caller(new PrintStream(out, true, UTF_8), System.err, System.in, Path.of("."), Map.of());
        return Main.run(caller, line.toArray(String[]::new));
    }

    @Test
    @Timeout(300)
    void readsTheLogBack(@TempDir Path folder) throws Exception {
        var kafkaPort = LoopbackPort.anyFree();
        var servers = "localhost:" + kafkaPort;
        var where = Settings.Collector.at("127.0.0.1", LoopbackPort.anyFree());
        try (var broker = EmbeddedBroker.start(folder, kafkaPort);
                var log = KafkaEventLog.open(new Settings.Kafka(Optional.empty(), kafkaPort, "events", 3));
                var collector = Collector.start(where, () -> Catalog.BUILT_IN, log, AccessLog.off())) {
            assertThat(collector).isNotNull();
            while (!log.isAvailable()) {
                assertThat(broker.isAlive()).isTrue();
                Thread.sleep(20);
            }
            assertThat(load("-q", "-n", "10", "--bootstrap-server", servers, where.url() + "/"))
                    .isZero();
            assertThat(out.toString(UTF_8)).endsWith(lines(10, 10, 10, 0, 0));

            assertThat(load("-n", "5000", "-c", "50", "-k", "--bootstrap-server", servers, where.url() + "/"))
                    .isZero();
            assertThat(out.toString(UTF_8)).endsWith(lines(5000, 5000, 5000, 0, 0));

            assertThat(load("-n", "10", "--bootstrap-server", servers, "--topic", "none", where.url() + "/"))
                    .as("nobody knows whether they are there")
                    .isEqualTo(1);
            assertThat(out.toString(UTF_8)).contains("Log: not read back (").contains("'none'");

            assertThat(load(
                            "-t",
                            "1",
                            "--rate",
                            "500",
                            "-c",
                            "8",
                            "-k",
                            "--bootstrap-server",
                            servers,
                            where.url() + "/"))
                    .isZero();
            assertThat(out.toString(UTF_8))
                    .contains("Scheduled rate:         500.00 [#/sec]", "Lost:                   0\n");

            interruptAndReadBack(folder, servers, where.url() + "/");

            assertThat(addPartitionsAndLoad(kafkaPort, servers)).isZero();

            var elsewhere = Settings.Collector.at("127.0.0.1", LoopbackPort.anyFree());
            try (var liar = Collector.start(elsewhere, () -> Catalog.BUILT_IN, new Liar(), AccessLog.off())) {
                assertThat(liar).isNotNull();
                assertThat(load("-n", "10", "--bootstrap-server", servers, elsewhere.url() + "/"))
                        .as("an answer before the log has the event is found out")
                        .isEqualTo(1);
                assertThat(out.toString(UTF_8)).endsWith(lines(10, 10, 0, 10, 0));
            }
        }
    }

    /** What was acknowledged before Ctrl-C is looked for like any other. */
    private static void interruptAndReadBack(Path folder, String servers, String url) throws Exception {
        var out = folder.resolve("out");
        var err = folder.resolve("err");
        try (var log = LogReader.open(servers, "events")) {
            var before = log.endOffsets().get(0);
            var load = LoadServersTest.launch(
                    out, err, "load", "-t", "100", "-c", "4", "-k", "--bootstrap-server", servers, url);
            while (load.isAlive() && log.endOffsets().get(0) < before + 100) {
                Thread.sleep(20);
            }
            assertThat(TestProject.interrupt(load)).isEqualTo(Interruption.EXIT_CODE);
        }
        assertThat(Files.readString(err)).contains("the run was broken off: interrupted");
        assertThat(Files.readString(out))
                .containsPattern("Complete requests: +[1-9]\\d")
                .containsPattern("Acknowledged: +[1-9]\\d")
                .contains("Lost:                   0\nDuplicated:             0\n");
    }

    private static String lines(int sent, int acknowledged, int found, int lost, int duplicated) {
        return """
                Sent:                   %d
                Acknowledged:           %d
                Found in log:           %d
                Lost:                   %d
                Duplicated:             %d
                """.formatted(sent, acknowledged, found, lost, duplicated);
    }

    /** What goes to partitions that were added during the run is found there. */
    private int addPartitionsAndLoad(int kafkaPort, String servers) throws Exception {
        var where = Settings.Collector.at("127.0.0.1", LoopbackPort.anyFree());
        var kafka = new Settings.Kafka(Optional.empty(), kafkaPort, "events", 6);
        try (var log = new Lazy(() -> {
                    KafkaTopics.run(List.of("--alter", "--topic", "events", "--partitions", "6"), servers);
                    return KafkaEventLog.open(kafka);
                });
                var collector = Collector.start(where, () -> Catalog.BUILT_IN, log, AccessLog.off())) {
            assertThat(collector).isNotNull();
            // Kafka's producer goes on to another partition after some 64 KB.
            var padding = "X-Padding: " + "x".repeat(4_000);
            return load("-n", "300", "-c", "4", "-k", "-H", padding, "--bootstrap-server", servers, where.url() + "/");
        }
    }

    /** A log that is opened by the first event. */
    private static final class Lazy implements EventLog {
        private final Supplier<EventLog> opening;
        private EventLog opened;

        Lazy(Supplier<EventLog> opening) {
            this.opening = opening;
        }

        @Override
        public synchronized CompletionStage<Receipt> append(Event event) {
            if (opened == null) {
                opened = opening.get();
            }
            while (!opened.isAvailable()) {
                Thread.onSpinWait();
            }
            return opened.append(event);
        }

        @Override
        public Optional<String> trouble() {
            return Optional.empty();
        }

        @Override
        public void close() {
            opened.close();
        }
    }

    /** Acknowledges and keeps nothing. */
    private static final class Liar implements EventLog {
        @Override
        public CompletionStage<Receipt> append(Event event) {
            return CompletableFuture.completedFuture(new Receipt("events", 0, 0, false));
        }

        @Override
        public Optional<String> trouble() {
            return Optional.empty();
        }

        @Override
        public void close() {}
    }
}
