package dev.questline.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** SIGSTOP of the broker under load: its connections stay, and nothing comes over them. */
class BrokerStopDurabilityIT extends OneBroker {
    private static final Duration STOPPED = Duration.ofSeconds(Rounds.areMany() ? 30 : 8);

    /** By then the collector knows. */
    private static final Duration NOTICED = Duration.ofSeconds(4);

    @Test
    void itIsToldAndOverSoon() throws Exception {
        startBroker();
        try (var collector = startCollector();
                var probe = new Probe(servers())) {
            var rounds = Rounds.ofLong("broker stopped for " + STOPPED.toSeconds() + " s", 1);
            rounds.run(round -> underLoad(rounds, clients -> stopAndGoOn(clients, probe, rounds)));
            assertThat(collector.jvm().isAlive()).isTrue();
        }
    }

    private void stopAndGoOn(Clients clients, Probe probe, Rounds rounds) {
        clients.awaitMore(300);
        broker().stop();
        long stopped = System.nanoTime();
        Wait.pause(STOPPED);
        broker().goOn();
        long writable = probe.awaitWritable(1);
        rounds.recovered(writable, clients.awaitAcknowledgedAfter(stopped + STOPPED.toNanos()));
        assertThat(clients.refused()).allMatch(Promise::isInTime);
        assertThat(clients.refusedBetween(stopped + NOTICED.toNanos(), stopped + STOPPED.toNanos()))
                .as("refused once it is known")
                .isNotEmpty()
                .allMatch(Promise::isAtOnce);
    }
}
