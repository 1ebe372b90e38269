package dev.questline.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The clock of the collector and of the broker jumps an hour forth and back under load. */
class ClockStepDurabilityIT extends OneBroker {
    private static final int HOUR = 3_600;

    /** Within this the processes have looked at their clock again. */
    private static final Duration SEEN = Duration.ofSeconds(2);

    @Test
    void eventsAreTakenBeforeAndAfter() throws Exception {
        var ofBroker = FakeClock.in(Files.createDirectories(folder.resolve("clock-of-broker")));
        var ofCollector = FakeClock.in(Files.createDirectories(folder.resolve("clock-of-collector")));
        if (ofBroker.isEmpty() || ofCollector.isEmpty()) {
            Tool.isNotInstalled("faketime", "the steps of the clock did not run");
            return;
        }
        startBroker(ofBroker.get().surroundings(), "broker");
        try (var collector = startCollector(ofCollector.get().surroundings())) {
            var rounds = Rounds.ofLong("clock steps of an hour", 1);
            rounds.run(round -> underLoad(rounds, clients -> step(ofBroker.get(), ofCollector.get(), clients, rounds)));
            assertThat(broker().isAlive() && collector.jvm().isAlive()).isTrue();
        }
    }

    private static void step(FakeClock ofBroker, FakeClock ofCollector, Clients clients, Rounds rounds)
            throws IOException {
        for (int seconds : List.of(HOUR, 0, -HOUR, 0)) {
            ofBroker.put(seconds);
            goOn(clients, rounds);
            ofCollector.put(seconds);
            goOn(clients, rounds);
        }
    }

    private static void goOn(Clients clients, Rounds rounds) {
        Wait.pause(SEEN);
        long seen = System.nanoTime();
        rounds.recovered(seen, clients.awaitAcknowledgedAfter(seen));
        clients.awaitMore(100);
    }

    @Test
    void setBackWhileTheBrokerIsAwayIsNoReasonToStayAway() throws Exception {
        var clock = FakeClock.in(Files.createDirectories(folder.resolve("clock")));
        if (clock.isEmpty()) {
            Tool.isNotInstalled("faketime", "the steps of the clock did not run");
            return;
        }
        startBroker();
        try (var collector = startCollector(clock.get().surroundings());
                var probe = new Probe(servers())) {
            var rounds = Rounds.ofLong("clock set back an hour, broker away", 1);
            rounds.run(round -> underLoad(
                    rounds, clients -> setBackWhileAway(clock.get(), -HOUR * (round + 1), clients, probe, rounds)));
            assertThat(collector.jvm().isAlive()).isTrue();
        }
    }

    /** The collector's reading of the log, too, goes on. */
    @Test
    void setBackWhileTheBrokerIsAwayItHearsOfOthersEventsAgain() throws Exception {
        var clock = FakeClock.in(Files.createDirectories(folder.resolve("clock")));
        if (clock.isEmpty()) {
            Tool.isNotInstalled("faketime", "the steps of the clock did not run");
            return;
        }
        startBroker();
        try (var setBack = startCollector(clock.get().surroundings());
                var other = startOtherCollector()) {
            broker().kill();
            Wait.pause(SEEN);
            clock.get().put(-HOUR);
            Wait.pause(SEEN);
            startBroker();
            var count = new AtomicInteger();
            Wait.until("an event that another collector has logged is known", Duration.ofSeconds(60), () -> {
                var id = "e" + count.incrementAndGet();
                boolean logged = other.ask(id).status() == 200;
                Wait.pause(Duration.ofSeconds(1));
                return logged && setBack.ask(id).header("Questline-Repeated").isPresent();
            });
        }
    }

    private void setBackWhileAway(FakeClock clock, int seconds, Clients clients, Probe probe, Rounds rounds)
            throws IOException {
        clients.awaitMore(100);
        broker().kill();
        long killed = System.nanoTime();
        clients.awaitRefusalAfter(killed);
        clock.put(seconds);
        Wait.pause(SEEN);
        startBroker();
        rounds.recovered(probe.awaitWritable(1), clients.awaitAcknowledgedAfter(killed));
    }
}
