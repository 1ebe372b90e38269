package dev.questline.cli.fault;

import org.junit.jupiter.api.Test;

/** Two collectors are ended in order and started again, one after the other, under clients that go on with the other. */
class RollingRestartDurabilityIT extends OneBroker {
    @Test
    void nothingIsLostAndNothingDoubled() throws Exception {
        startBroker();
        var rounds = Rounds.of("rolling restart of two collectors, clients' ids", 1);
        rounds.run(round -> {
            try (var first = startCollector();
                    var second = startOtherCollector()) {
                underRepeatedLoadOfBoth(rounds, clients -> {
                    clients.awaitRandomMoment();
                    first.jvm().end();
                    try (var firstAgain = startCollector()) {
                        clients.awaitRandomMoment();
                        second.jvm().end();
                        clients.awaitMore(300);
                        clients.finish();
                        firstAgain.jvm().end();
                    }
                });
            }
        });
    }
}
