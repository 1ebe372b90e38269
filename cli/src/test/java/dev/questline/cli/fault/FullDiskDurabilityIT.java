package dev.questline.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk under the broker's data becomes full under load; later there is room, and the broker is started again. */
class FullDiskDurabilityIT {
    private static final int CLIENTS = 16;
    private static final int DISK_MEGABYTES = 200;

    @TempDir
    Path folder;

    private final int port = Ports.anyFree();
    private final int kafkaPort = Ports.anyFree();
    private final String servers = Broker.servers(kafkaPort);
    private Jvm broker;

    @Test
    void itIsToldAndNothingIsLost() throws Exception {
        var disk = SmallDisk.at(folder.resolve("broker"), DISK_MEGABYTES);
        if (disk.isEmpty()) {
            Tool.leftOut("the full disk: this system lets nobody mount one (unshare, nsenter)");
            return;
        }
        try (var small = disk.get()) {
            fillAndMakeRoom(small);
        }
    }

    private void fillAndMakeRoom(SmallDisk disk) throws Exception {
        broker = start(disk);
        try (var collector = CollectorProcess.start(folder, port, servers)) {
            var rounds = Rounds.ofLong("disk full under the broker", 1);
            rounds.run(round -> {
                var check = LogCheck.fromNow(servers);
                try (var clients = Clients.sendingOnce(CLIENTS, collector.port());
                        var probe = new Probe(servers)) {
                    fill(disk, clients);
                    disk.makeRoom();
                    long restarted = System.nanoTime();
                    broker = start(disk);
                    rounds.recovered(probe.awaitWritable(1), clients.awaitAcknowledgedAfter(restarted));
                    clients.awaitMore(300);
                    clients.finish();
                    assertThat(clients.refused()).allMatch(Promise::isInTime);
                    rounds.settle(check.find(clients.acknowledged()));
                }
            });
        } finally {
            broker.kill();
        }
    }

    /** Until the broker has ended of it. */
    private void fill(SmallDisk disk, Clients clients) throws IOException, InterruptedException {
        clients.awaitMore(300);
        disk.fill();
        Wait.until("the broker ends of the full disk", Duration.ofSeconds(60), () -> !broker.isAlive());
        clients.awaitRefusalAfter(System.nanoTime());
    }

    private Jvm start(SmallDisk disk) {
        return Broker.start(disk.surroundings(), folder.resolve("broker"), kafkaPort);
    }
}
