package dev.questline.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** SIGKILL of the broker at random moments under load. */
class BrokerKillDurabilityIT extends OneBroker {
    @Test
    void itIsToldAndOverSoon() throws Exception {
        startBroker();
        try (var collector = startCollector();
                var probe = new Probe(servers())) {
            var rounds = Rounds.of("broker killed", 2);
            rounds.run(round -> underLoad(rounds, clients -> killAndRestart(clients, probe, rounds)));
            assertThat(collector.jvm().isAlive()).isTrue();
        }
    }

    private void killAndRestart(Clients clients, Probe probe, Rounds rounds) {
        clients.awaitRandomMoment();
        broker().kill();
        long killed = System.nanoTime();
        clients.awaitRefusalAfter(killed);
        startBroker();
        long writable = probe.awaitWritable(1);
        rounds.recovered(writable, clients.awaitAcknowledgedAfter(killed));
        assertThat(clients.refused()).allMatch(Promise::isInTime);
    }
}
