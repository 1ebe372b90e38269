package dev.questline.log;

import dev.questline.event.Settings;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether a topic can be appended to, makes it when it is missing, and sees to it that the producers know it as it
 * is. By one thread; what it has found any may ask.
 */
final class TopicLook {
    private static final Logger LOG = LoggerFactory.getLogger(TopicLook.class);

    private final Settings.Kafka kafka;
    private final Producers producers;
    private final TopicReplication replication;
    private final LongSupplier acknowledged;

    /** Kafka before 2.3, and other servers that speak its protocol, do not understand the question. */
    private boolean tellsRights = true;

    private volatile @Nullable String refusal;
    private volatile @Nullable FoundTopic found;

    /** @param acknowledged how many appends were, ever */
    TopicLook(Settings.Kafka kafka, Producers producers, TopicReplication replication, LongSupplier acknowledged) {
        this.kafka = kafka;
        this.producers = producers;
        this.replication = replication;
        this.acknowledged = acknowledged;
    }

    /** What Kafka says to a client that it will not deal with, as long as it does; null if it doesn't. */
    @Nullable
    String refusal() {
        return refusal;
    }

    /** The topic as it was when last seen; null until then. */
    @Nullable
    FoundTopic found() {
        return found;
    }

    /** What keeps the topic from being appended to, if anything does. */
    Optional<String> at(Admin admin) throws InterruptedException {
        try {
            var seen = lookOrFail(admin);
            refusal = null;
            return seen;
        } catch (AuthenticationException | AuthorizationException e) {
            return Optional.of(refused(e));
        }
    }

    /** Told at once and once, though a log that has never been healthy tells no other reason. */
    private String refused(RuntimeException e) {
        var reason = "Kafka refuses this client: " + e.getMessage();
        if (!reason.equals(refusal)) {
            LOG.error("topic {} at {}: {}", kafka.topic(), kafka.bootstrapServers(), reason);
        }
        refusal = reason;
        return reason;
    }

    private Optional<String> lookOrFail(Admin admin) throws InterruptedException {
        var acknowledgedBefore = acknowledged.getAsLong();
        try {
            var topic = describe(admin);
            requireWritable(topic);
            take(new FoundTopic(topic.topicId(), topic.partitions().size()));
            var weakness = replication.weakness(topic, admin);
            if (weakness.isEmpty()) {
                // Throws until the producers, too, know them.
                producers.all().forEach(producer -> producer.partitionsFor(kafka.topic()));
            }
            return weakness;
        } catch (UnknownTopicOrPartitionException e) {
            return Optional.of(makeTopic(admin));
        } catch (TimeoutException e) {
            // A busy broker may be slow to tell of itself and yet take events.
            return acknowledged.getAsLong() == acknowledgedBefore
                    ? Optional.of("no answer from " + kafka.bootstrapServers() + ": " + e.getMessage())
                    : Optional.empty();
        } catch (AuthenticationException | AuthorizationException e) {
            throw e;
        } catch (RuntimeException e) {
            return Optional.of(e.toString());
        }
    }

    private TopicDescription describe(Admin admin) throws InterruptedException {
        try {
            return describe(admin, tellsRights);
        } catch (UnsupportedVersionException e) {
            if (!tellsRights) {
                throw e;
            }
            tellsRights = false;
            return describe(admin, false);
        }
    }

    private TopicDescription describe(Admin admin, boolean withRights) throws InterruptedException {
        var options = new DescribeTopicsOptions().includeAuthorizedOperations(withRights);
        return KafkaAnswer.to(
                        admin.describeTopics(List.of(kafka.topic()), options).allTopicNames())
                .values()
                .iterator()
                .next();
    }

    /** Known without an append, so that the right to write is missed, and noticed when it is given, where none comes in. */
    private void requireWritable(TopicDescription topic) {
        var allowed = topic.authorizedOperations();
        // Servers that do not tell leave them out, or name none at all.
        if (allowed != null && !allowed.isEmpty() && !allowed.contains(AclOperation.WRITE)) {
            throw new AuthorizationException("it may not write to topic " + kafka.topic());
        }
    }

    /** The producers would go on for long with what they know of an old topic, as with partitions that are no more. */
    private void take(FoundTopic now) {
        var before = found;
        if (before != null && !before.id().equals(now.id())) {
            LOG.warn("topic {} at {} is another than before", kafka.topic(), kafka.bootstrapServers());
            producers.renew();
        }
        found = now;
    }

    private String makeTopic(Admin admin) throws InterruptedException {
        try {
            KafkaAnswer.to(
                    admin.createTopics(List.of(replication.newTopic(admin))).all());
            return "it did not exist and was made just now";
        } catch (TopicExistsException e) {
            return "it was made just now";
        } catch (AuthorizationException e) {
            throw new AuthorizationException(
                    "topic " + kafka.topic() + " does not exist and may not be made: " + e.getMessage());
        } catch (RuntimeException e) {
            return "it does not exist and cannot be made: " + e.getMessage();
        }
    }
}
