package dev.questline.cli.fault;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL of the collector at random moments under load; the broker stays. */
class CollectorKillDurabilityIT {
    private static final int CLIENTS = 16;

    @TempDir
    Path folder;

    private final int port = Ports.anyFree();
    private final int kafkaPort = Ports.anyFree();
    private final String servers = Broker.servers(kafkaPort);
    private Jvm broker;

    @BeforeEach
    void startBroker() {
        broker = Broker.start(folder.resolve("broker"), kafkaPort);
    }

    @AfterEach
    void killBroker() {
        broker.kill();
    }

    @Test
    void whatWasAcknowledgedIsInTheLog() throws Exception {
        var rounds = Rounds.of("collector killed", 2);
        rounds.run(round -> {
            try (var collector = CollectorProcess.start(folder, port, servers)) {
                var check = LogCheck.fromNow(servers);
                try (var clients = Clients.sendingOnce(CLIENTS, port)) {
                    killUnderLoad(collector, clients);
                    clients.finish();
                    rounds.settle(check.find(clients.acknowledged()));
                }
            }
        });
    }

    private static void killUnderLoad(CollectorProcess collector, Clients clients) {
        clients.awaitMore(300);
        Wait.pause(Duration.ofMillis(ThreadLocalRandom.current().nextInt(700)));
        collector.jvm().kill();
    }
}
