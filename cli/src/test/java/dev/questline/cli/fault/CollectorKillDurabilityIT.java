package dev.questline.cli.fault;

import org.junit.jupiter.api.Test;

/** SIGKILL of the collector at random moments under load; the broker stays. */
class CollectorKillDurabilityIT extends OneBroker {
    @Test
    void whatWasAcknowledgedIsInTheLog() throws Exception {
        startBroker();
        var rounds = Rounds.of("collector killed", 2);
        rounds.run(round -> {
            try (var collector = startCollector()) {
                underLoad(rounds, clients -> {
                    clients.awaitRandomMoment();
                    collector.jvm().kill();
                });
            }
        });
    }
}
