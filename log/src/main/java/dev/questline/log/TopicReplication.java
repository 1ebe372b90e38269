package dev.questline.log;

import dev.questline.event.Settings;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many brokers of a cluster have the topic's events: each on three where there are so many, and acknowledged by all
 * of them but one, so that one may be lost with nothing acknowledged and nothing stopped.
 */
final class TopicReplication {
    private static final Logger LOG = LoggerFactory.getLogger(TopicReplication.class);
    private static final String MIN_IN_SYNC = "min.insync.replicas";
    private static final int REPLICAS = 3;
    private static final int SAFE_MIN_IN_SYNC = 2;

    private final Settings.Kafka kafka;
    private boolean warned;

    TopicReplication(Settings.Kafka kafka) {
        this.kafka = kafka;
    }

    /** The topic to be made on the cluster as it is now. */
    NewTopic newTopic(Admin admin) throws InterruptedException {
        int replicas = Math.min(REPLICAS, brokers(admin));
        return new NewTopic(kafka.topic(), Optional.of(kafka.partitions()), Optional.of((short) replicas))
                .configs(Map.of(MIN_IN_SYNC, String.valueOf(Math.max(1, replicas - 1))));
    }

    /** Why a partition takes no events, if one does not; what may not be asked is taken for well. */
    Optional<String> weakness(TopicDescription topic, Admin admin) throws InterruptedException {
        for (var partition : topic.partitions()) {
            if (partition.leader() == null || partition.leader().isEmpty()) {
                return Optional.of("partition " + partition.partition() + " has no leader");
            }
        }
        var least = topic.partitions().stream()
                .filter(partition ->
                        partition.isr().size() < partition.replicas().size())
                .min(Comparator.comparingInt(partition -> partition.isr().size()));
        return least.isEmpty() ? Optional.empty() : weakness(least.get(), admin);
    }

    private Optional<String> weakness(TopicPartitionInfo partition, Admin admin) throws InterruptedException {
        int inSync = partition.isr().size();
        int needed = Math.min(minInSyncIfKnown(admin), partition.replicas().size());
        return inSync >= needed
                ? Optional.empty()
                : Optional.of("partition " + partition.partition() + " has " + inSync + " of the " + needed
                        + " replicas in sync that it needs");
    }

    private int minInSyncIfKnown(Admin admin) throws InterruptedException {
        try {
            return minInSync(admin);
        } catch (RuntimeException e) {
            LOG.debug("cannot tell how many replicas topic {} needs", kafka.topic(), e);
            return 1;
        }
    }

    /** Says it once if the cluster has several brokers and yet one alone may acknowledge an event. */
    void warnIfWeak(Admin admin) throws InterruptedException {
        try {
            int brokers = warned ? 1 : brokers(admin);
            if (brokers > 1) {
                warnIfWeak(brokers, Math.min(minInSync(admin), replicas(admin)));
            }
        } catch (RuntimeException e) {
            LOG.debug("cannot tell how topic {} is replicated", kafka.topic(), e);
        }
    }

    private void warnIfWeak(int brokers, int acknowledging) {
        if (acknowledging < SAFE_MIN_IN_SYNC) {
            warned = true;
            LOG.warn(
                    "topic {} acknowledges what {} of {} brokers has: with one of them acknowledged events may be lost;"
                            + " give it {} replicas and {}={}",
                    kafka.topic(),
                    acknowledging,
                    brokers,
                    REPLICAS,
                    MIN_IN_SYNC,
                    SAFE_MIN_IN_SYNC);
        }
    }

    private static int brokers(Admin admin) throws InterruptedException {
        return KafkaAnswer.to(admin.describeCluster().nodes()).size();
    }

    private int replicas(Admin admin) throws InterruptedException {
        var topics = admin.describeTopics(List.of(kafka.topic())).allTopicNames();
        return KafkaAnswer.to(topics).values().stream()
                .flatMap(topic -> topic.partitions().stream())
                .mapToInt(partition -> partition.replicas().size())
                .min()
                .orElse(1);
    }

    private int minInSync(Admin admin) throws InterruptedException {
        var topic = new ConfigResource(ConfigResource.Type.TOPIC, kafka.topic());
        var configs = KafkaAnswer.to(admin.describeConfigs(List.of(topic)).all());
        return configs.values().stream()
                .map(config -> config.get(MIN_IN_SYNC))
                .mapToInt(entry -> Integer.parseInt(entry.value()))
                .findFirst()
                .orElse(1);
    }
}
