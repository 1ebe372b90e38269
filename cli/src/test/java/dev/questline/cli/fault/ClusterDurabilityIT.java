package dev.questline.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.questline.event.Settings;
import dev.questline.log.KafkaEventLog;
import dev.questline.log.LoopbackPort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Three brokers, each event on all three and acknowledged by two at least: one may be lost, of two it is told. */
@Tag("durability")
class ClusterDurabilityIT {
    private static final int CLIENTS = 16;
    private static final int REPLICAS = 3;
    private static final int MIN_IN_SYNC = 2;

    @TempDir
    Path folder;

    private final int port = LoopbackPort.anyFree();

    @Test
    void theLossOfOneBrokerIsSurvivedAndOfTwoTold() throws Exception {
        try (var cluster = BrokerCluster.start(folder);
                var collector = CollectorProcess.start(Jvm.Surroundings.PLAIN, folder, port, cluster.servers());
                var probe = new Probe(cluster.servers())) {
            theTopicWasMadeForACluster(probe);
            aWeakTopicIsWarnedOf(cluster, probe);
            aTopicWithTooFewInSyncIsNotAvailable(cluster, probe);
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
            killLeaderBeforeRetryingClients(cluster, probe);
        }
    }

    private void killLeaderBeforeRetryingClients(BrokerCluster cluster, Probe probe) throws Exception {
        var rounds = Rounds.of("leader of three killed, clients' ids", 1);
        rounds.run(round -> {
            var check = LogCheck.fromNow(cluster.servers());
            try (var clients = Clients.retrying(CLIENTS, port)) {
                killLeader(cluster, probe, clients, rounds);
                clients.finish();
                rounds.settle(check.find(clients.acknowledged()));
            }
        });
    }

    private static void theTopicWasMadeForACluster(Probe probe) throws Exception {
        assertThat(probe.topic().partitions()).allMatch(each -> each.replicas().size() == REPLICAS);
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, Broker.TOPIC);
        var config =
                probe.admin().describeConfigs(List.of(resource)).all().get().get(resource);
        assertThat(config.get("min.insync.replicas").value()).isEqualTo(String.valueOf(MIN_IN_SYNC));
    }

    private static void aWeakTopicIsWarnedOf(BrokerCluster cluster, Probe probe) throws Exception {
        var weak = new NewTopic("weak", Optional.of(1), Optional.of((short) REPLICAS));
        // Of one replica no more than one can be in sync, whatever is asked for.
        var single = new NewTopic("single", Optional.of(1), Optional.of((short) 1))
                .configs(Map.of("min.insync.replicas", "2"));
        probe.admin().createTopics(List.of(weak, single)).all().get();
        isWarnedOf("weak", cluster);
        isWarnedOf("single", cluster);
    }

    private static void isWarnedOf(String topic, BrokerCluster cluster) throws Exception {
        var logger = (Logger) LoggerFactory.getLogger("dev.questline.log");
        var said = new ListAppender<ILoggingEvent>();
        said.start();
        logger.addAppender(said);
        var kafka = new Settings.Kafka(Optional.of(cluster.servers()), 0, topic, 1);
        try (var log = KafkaEventLog.open(kafka)) {
            Wait.until(
                    "the warning",
                    Duration.ofSeconds(30),
                    () -> List.copyOf(said.list).stream()
                            .anyMatch(event -> event.getFormattedMessage()
                                    .startsWith("topic " + topic + " acknowledges what 1 of 3 brokers has")));
            assertThat(log.isAvailable()).isTrue();
        } finally {
            logger.detachAppender(said);
        }
    }

    /** Its partition's leader lives all the while: whoever only looked for one would let every client wait in vain. */
    private static void aTopicWithTooFewInSyncIsNotAvailable(BrokerCluster cluster, Probe probe) throws Exception {
        var strict = new NewTopic("strict", Map.of(0, List.of(1, 2, 3))).configs(Map.of("min.insync.replicas", "3"));
        probe.admin().createTopics(List.of(strict)).all().get();
        try (var log = KafkaEventLog.open(new Settings.Kafka(Optional.of(cluster.servers()), 0, "strict", 1))) {
            Wait.until("a whole topic", Duration.ofSeconds(30), log::isAvailable);
            cluster.kill(List.of(3));
            Wait.until(
                    "the reason",
                    Duration.ofSeconds(60),
                    () -> log.trouble().orElse("").equals("partition 0 has 2 of the 3 replicas in sync that it needs"));
            cluster.restart(List.of(3));
            Wait.until("a whole topic again", Duration.ofSeconds(60), log::isAvailable);
        }
        probe.awaitWritable(REPLICAS);
    }

    private static void killLeader(BrokerCluster cluster, Probe probe, Clients clients, Rounds rounds)
            throws Exception {
        clients.awaitRandomMoment();
        var leader = List.of(probe.topic().partitions().get(0).leader().id());
        cluster.kill(leader);
        long killed = System.nanoTime();
        rounds.recovered(probe.awaitTaken(), clients.awaitAcknowledgedAfter(killed));
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
        rounds.recovered(probe.awaitTaken(), clients.awaitAcknowledgedAfter(killed));
        clients.awaitMore(300);
        probe.awaitWritable(REPLICAS);
    }
}
