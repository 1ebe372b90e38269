package dev.questline.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clock of the collector and of the broker jumps an hour forth and back under load. */
class ClockStepDurabilityIT {
    private static final int CLIENTS = 16;
    private static final int HOUR = 3_600;

    /** Within this the processes have looked at their clock again. */
    private static final Duration SEEN = Duration.ofSeconds(2);

    @TempDir
    Path folder;

    private final int port = Ports.anyFree();
    private final int kafkaPort = Ports.anyFree();
    private final String servers = Broker.servers(kafkaPort);

    @Test
    void eventsAreTakenBeforeAndAfter() throws Exception {
        var ofBroker = FakeClock.in(Files.createDirectories(folder.resolve("clock-of-broker")));
        var ofCollector = FakeClock.in(Files.createDirectories(folder.resolve("clock-of-collector")));
        if (ofBroker.isEmpty() || ofCollector.isEmpty()) {
            Tool.isNotInstalled("faketime", "the steps of the clock did not run");
            return;
        }
        stepUnderLoad(ofBroker.get(), ofCollector.get());
    }

    private void stepUnderLoad(FakeClock ofBroker, FakeClock ofCollector) throws Exception {
        try (var broker = Broker.start(ofBroker.surroundings(), folder.resolve("broker"), kafkaPort);
                var collector = CollectorProcess.start(ofCollector.surroundings(), folder, port, servers, 1)) {
            var rounds = Rounds.ofLong("clock steps of an hour", 1);
            rounds.run(round -> {
                var check = LogCheck.fromNow(servers);
                try (var clients = Clients.sendingOnce(CLIENTS, collector.port())) {
                    for (int seconds : List.of(HOUR, 0, -HOUR, 0)) {
                        ofBroker.put(seconds);
                        goOn(clients, rounds);
                        ofCollector.put(seconds);
                        goOn(clients, rounds);
                    }
                    clients.finish();
                    rounds.settle(check.find(clients.acknowledged()));
                }
                assertThat(broker.isAlive()).isTrue();
            });
        }
    }

    private static void goOn(Clients clients, Rounds rounds) {
        Wait.pause(SEEN);
        long seen = System.nanoTime();
        rounds.recovered(seen, clients.awaitAcknowledgedAfter(seen));
        clients.awaitMore(100);
    }
}
