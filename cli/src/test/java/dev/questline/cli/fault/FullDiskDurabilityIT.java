package dev.questline.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The disk under the broker's data becomes full under load; later there is room, and the broker is started again. */
class FullDiskDurabilityIT extends OneBroker {
    private static final int DISK_MEGABYTES = 200;

    @Test
    void itIsToldAndNothingIsLost() throws Exception {
        var disk = SmallDisk.at(folder.resolve("broker"), DISK_MEGABYTES);
        if (disk.isEmpty()) {
            Tool.leftOut("the full disk: this system lets nobody mount one (unshare, nsenter)");
            return;
        }
        try (var small = disk.get()) {
            startBroker(small);
            try (var collector = startCollector();
                    var probe = new Probe(servers())) {
                var rounds = Rounds.ofLong("disk full under the broker", 1);
                rounds.run(round -> underLoad(rounds, clients -> fillAndMakeRoom(small, clients, probe, rounds)));
                assertThat(collector.jvm().isAlive()).isTrue();
            } finally {
                killBroker();
            }
        }
    }

    private void fillAndMakeRoom(SmallDisk disk, Clients clients, Probe probe, Rounds rounds)
            throws IOException, InterruptedException {
        fill(disk, clients);
        disk.makeRoom();
        long restarted = System.nanoTime();
        startBroker(disk);
        rounds.recovered(probe.awaitWritable(1), clients.awaitAcknowledgedAfter(restarted));
        clients.awaitMore(300);
        assertThat(clients.refused()).allMatch(Promise::isInTime);
    }

    /** Until the broker has ended of it. */
    private void fill(SmallDisk disk, Clients clients) throws IOException, InterruptedException {
        clients.awaitMore(300);
        disk.fill();
        Wait.until("the broker ends of the full disk", Duration.ofSeconds(60), () -> !broker().isAlive());
        clients.awaitRefusalAfter(System.nanoTime());
    }

    private void startBroker(SmallDisk disk) {
        startBroker(disk.surroundings(), "broker");
    }
}
