package dev.questline.cli.fault;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that give their events ids and send each until it is acknowledged find it in the log, and once. */
class RepeatedIdsDurabilityIT {
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
    void alsoWhenTheCollectorIsKilled() throws Exception {
        var rounds = Rounds.of("collector killed, clients' ids", 2);
        rounds.run(round -> {
            var collector = CollectorProcess.start(folder, port, servers);
            var check = LogCheck.fromNow(servers);
            try (var clients = Clients.retrying(CLIENTS, port)) {
                awaitLoad(clients);
                collector.jvm().kill();
                collector = CollectorProcess.start(folder, port, servers);
                clients.awaitMore(100);
                clients.finish();
                rounds.settle(check.find(clients.acknowledged()));
            } finally {
                collector.close();
            }
        });
    }

    @Test
    void alsoWhenTheBrokerIsKilled() throws Exception {
        var rounds = Rounds.of("broker killed, clients' ids", 1);
        try (var collector = CollectorProcess.start(folder, port, servers)) {
            rounds.run(round -> {
                var check = LogCheck.fromNow(servers);
                try (var clients = Clients.retrying(CLIENTS, collector.port())) {
                    awaitLoad(clients);
                    broker.kill();
                    broker = Broker.start(folder.resolve("broker"), kafkaPort);
                    clients.awaitMore(100);
                    clients.finish();
                    rounds.settle(check.find(clients.acknowledged()));
                }
            });
        }
    }

    private static void awaitLoad(Clients clients) {
        clients.awaitMore(300);
        Wait.pause(Duration.ofMillis(ThreadLocalRandom.current().nextInt(700)));
    }
}
