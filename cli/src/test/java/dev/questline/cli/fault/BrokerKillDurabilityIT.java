package dev.questline.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL of the broker at random moments under load. */
class BrokerKillDurabilityIT {
    private static final int CLIENTS = 16;

    @TempDir
    Path folder;

    private final int port = Ports.anyFree();
    private final int kafkaPort = Ports.anyFree();
    private final String servers = Broker.servers(kafkaPort);
    private Jvm broker;

    @Test
    void itIsToldAndOverSoon() throws Exception {
        broker = Broker.start(folder.resolve("broker"), kafkaPort);
        try (var collector = CollectorProcess.start(folder, port, servers)) {
            var rounds = Rounds.of("broker killed", 2);
            rounds.run(round -> {
                var check = LogCheck.fromNow(servers);
                try (var clients = Clients.sendingOnce(CLIENTS, collector.port());
                        var probe = new Probe(servers)) {
                    killAndRestart(clients, probe, rounds);
                    clients.finish();
                    rounds.settle(check.find(clients.acknowledged()));
                }
            });
        } finally {
            broker.kill();
        }
    }

    private void killAndRestart(Clients clients, Probe probe, Rounds rounds) {
        clients.awaitMore(300);
        Wait.pause(Duration.ofMillis(ThreadLocalRandom.current().nextInt(700)));
        broker.kill();
        long killed = System.nanoTime();
        clients.awaitRefusalAfter(killed);
        broker = Broker.start(folder.resolve("broker"), kafkaPort);
        long writable = probe.awaitWritable(1);
        rounds.recovered(writable, clients.awaitAcknowledgedAfter(killed));
        assertThat(clients.refused()).allMatch(Promise::isInTime);
    }
}
