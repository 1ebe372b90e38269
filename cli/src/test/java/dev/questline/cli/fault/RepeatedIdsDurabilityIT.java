package dev.questline.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Clients that give their events ids and send each until it is acknowledged find it in the log, and once. */
class RepeatedIdsDurabilityIT extends OneBroker {
    @Test
    void alsoWhenTheCollectorIsKilled() throws Exception {
        startBroker();
        var rounds = Rounds.of("collector killed, clients' ids", 2);
        rounds.run(round -> {
            try (var killed = startCollector()) {
                underRepeatedLoad(rounds, clients -> {
                    clients.awaitRandomMoment();
                    killed.jvm().kill();
                    try (var next = startCollector()) {
                        clients.awaitMore(100);
                        clients.finish();
                        assertThat(next.jvm().isAlive()).isTrue();
                    }
                });
            }
        });
    }

    @Test
    void alsoWhenTheBrokerIsKilled() throws Exception {
        startBroker();
        var rounds = Rounds.of("broker killed, clients' ids", 1);
        try (var collector = startCollector()) {
            rounds.run(round -> underRepeatedLoad(rounds, clients -> {
                clients.awaitRandomMoment();
                broker().kill();
                startBroker();
                clients.awaitMore(100);
            }));
            assertThat(collector.jvm().isAlive()).isTrue();
        }
    }
}
