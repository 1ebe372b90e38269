package dev.questline.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three brokers, each event on all three and acknowledged by two at least: one may be lost, of two it is told. */
class ClusterDurabilityIT {
    private static final int CLIENTS = 16;
    private static final int REPLICAS = 3;
    private static final int MIN_IN_SYNC = 2;

    @TempDir
    Path folder;

    private final int port = Ports.anyFree();

    @Test
    void theLossOfOneBrokerIsSurvivedAndOfTwoTold() throws Exception {
        try (var cluster = BrokerCluster.start(folder);
                var collector = CollectorProcess.start(Jvm.Surroundings.PLAIN, folder, port, cluster.servers(), 1);
                var probe = new Probe(cluster.servers())) {
            theTopicWasMadeForACluster(probe);
            var rounds = Rounds.of("leader of three killed, then two of three", 1);
            rounds.run(round -> {
                var check = LogCheck.fromNow(cluster.servers());
                try (var clients = Clients.sendingOnce(CLIENTS, collector.port())) {
                    killLeader(cluster, probe, clients, rounds);
                    killTwo(cluster, probe, clients, rounds);
                    clients.finish();
                    assertThat(clients.refused()).allMatch(Promise::isInTime);
                    rounds.settle(check.find(clients.acknowledged()));
                }
            });
        }
    }

    private static void theTopicWasMadeForACluster(Probe probe) throws Exception {
        assertThat(probe.topic().partitions()).allMatch(each -> each.replicas().size() == REPLICAS);
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, Broker.TOPIC);
        var config =
                probe.admin().describeConfigs(List.of(resource)).all().get().get(resource);
        assertThat(config.get("min.insync.replicas").value()).isEqualTo(String.valueOf(MIN_IN_SYNC));
    }

    private static void killLeader(BrokerCluster cluster, Probe probe, Clients clients, Rounds rounds)
            throws Exception {
        clients.awaitMore(300);
        Wait.pause(Duration.ofMillis(ThreadLocalRandom.current().nextInt(700)));
        var leader = List.of(probe.topic().partitions().get(0).leader().id());
        cluster.kill(leader);
        long killed = System.nanoTime();
        rounds.recovered(probe.awaitWritable(MIN_IN_SYNC), clients.awaitAcknowledgedAfter(killed));
        clients.awaitMore(300);
        cluster.restart(leader);
        probe.awaitWritable(REPLICAS);
    }

    private static void killTwo(BrokerCluster cluster, Probe probe, Clients clients, Rounds rounds) {
        var two = List.of(1, 2);
        clients.awaitMore(300);
        cluster.kill(two);
        long killed = System.nanoTime();
        clients.awaitRefusalAfter(killed);
        assertThat(clients.acknowledged().values())
                .as("acknowledged with one broker left")
                .noneMatch(event -> event.sent() > killed);
        cluster.restart(two);
        rounds.recovered(probe.awaitWritable(MIN_IN_SYNC), clients.awaitAcknowledgedAfter(killed));
        clients.awaitMore(300);
        probe.awaitWritable(REPLICAS);
    }
}
