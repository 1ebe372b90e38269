package dev.questline.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
    private Jvm broker;

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
        try (var stepped = Broker.start(ofBroker.surroundings(), folder.resolve("broker"), kafkaPort);
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
                assertThat(stepped.isAlive()).isTrue();
            });
        }
    }

    @Test
    void setBackWhileTheBrokerIsAwayIsNoReasonToStayAway() throws Exception {
        var clock = FakeClock.in(Files.createDirectories(folder.resolve("clock")));
        if (clock.isEmpty()) {
            Tool.isNotInstalled("faketime", "the steps of the clock did not run");
            return;
        }
        broker = Broker.start(folder.resolve("broker"), kafkaPort);
        try (var collector = CollectorProcess.start(clock.get().surroundings(), folder, port, servers, 1)) {
            var rounds = Rounds.ofLong("clock set back an hour, broker away", 1);
            rounds.run(round -> {
                var check = LogCheck.fromNow(servers);
                try (var clients = Clients.sendingOnce(CLIENTS, collector.port());
                        var probe = new Probe(servers)) {
                    setBackWhileAway(clock.get(), -HOUR * (round + 1), clients, probe, rounds);
                    clients.finish();
                    rounds.settle(check.find(clients.acknowledged()));
                }
            });
        } finally {
            broker.kill();
        }
    }

    private void setBackWhileAway(FakeClock clock, int seconds, Clients clients, Probe probe, Rounds rounds)
            throws IOException {
        clients.awaitMore(100);
        broker.kill();
        long killed = System.nanoTime();
        clients.awaitRefusalAfter(killed);
        clock.put(seconds);
        Wait.pause(SEEN);
        broker = Broker.start(folder.resolve("broker"), kafkaPort);
        rounds.recovered(probe.awaitWritable(1), clients.awaitAcknowledgedAfter(killed));
    }

    private static void goOn(Clients clients, Rounds rounds) {
        Wait.pause(SEEN);
        long seen = System.nanoTime();
        rounds.recovered(seen, clients.awaitAcknowledgedAfter(seen));
        clients.awaitMore(100);
    }
}
