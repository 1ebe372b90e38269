package dev.questline.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGSTOP of the broker under load: its connections stay, and nothing comes over them. */
class BrokerStopDurabilityIT {
    private static final int CLIENTS = 16;
    private static final Duration STOPPED = Duration.ofSeconds(Rounds.areMany() ? 30 : 8);

    /** By then the collector knows. */
    private static final Duration NOTICED = Duration.ofSeconds(4);

    @TempDir
    Path folder;

    private final int port = Ports.anyFree();
    private final int kafkaPort = Ports.anyFree();
    private final String servers = Broker.servers(kafkaPort);

    @Test
    void itIsToldAndOverSoon() throws Exception {
        try (var broker = Broker.start(folder.resolve("broker"), kafkaPort);
                var collector = CollectorProcess.start(folder, port, servers)) {
            var rounds = Rounds.ofLong("broker stopped for " + STOPPED.toSeconds() + " s", 1);
            rounds.run(round -> {
                var check = LogCheck.fromNow(servers);
                try (var clients = Clients.sendingOnce(CLIENTS, collector.port());
                        var probe = new Probe(servers)) {
                    stopAndGoOn(broker, clients, probe, rounds);
                    clients.finish();
                    rounds.settle(check.find(clients.acknowledged()));
                }
            });
        }
    }

    private static void stopAndGoOn(Jvm broker, Clients clients, Probe probe, Rounds rounds) {
        clients.awaitMore(300);
        broker.stop();
        long stopped = System.nanoTime();
        Wait.pause(STOPPED);
        broker.goOn();
        long writable = probe.awaitWritable(1);
        rounds.recovered(writable, clients.awaitAcknowledgedAfter(stopped + STOPPED.toNanos()));
        assertThat(clients.refused()).allMatch(Promise::isInTime);
        assertThat(clients.refusedBetween(stopped + NOTICED.toNanos(), stopped + STOPPED.toNanos()))
                .as("refused once it is known")
                .isNotEmpty()
                .allMatch(Promise::isAtOnce);
    }
}
