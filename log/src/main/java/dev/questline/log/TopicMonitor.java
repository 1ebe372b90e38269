package dev.questline.log;

import dev.questline.event.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches, on a thread of its own, whether a topic can be appended to, and makes it when it is missing. Its looks also
 * keep the producer's knowledge of the topic fresh, without which an append after idle minutes would fail.
 */
final class TopicMonitor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicMonitor.class);
    private static final long HEALTHY_MILLIS = 500;
    private static final long UNHEALTHY_MILLIS = 100;
    private static final String CLOSING = "it is being closed";

    /** Above what the admin client takes by itself, as its clock may be set back meanwhile. */
    private static final long ANSWER_SECONDS = 3;

    private final Settings.Kafka kafka;
    private final Producers producers;
    private final TopicReplication replication;
    private final Thread thread = new Thread(this::watch, "topic-monitor");
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicLong failures = new AtomicLong();
    private final LongAdder acknowledged = new LongAdder();
    private final Trial trial = new Trial();
    private final WallClock clock = new WallClock();
    private volatile Admin admin;
    private boolean isAdminStale;
    private volatile Runnable onClockSetBack = () -> {};

    /** What keeps it from being appended to; null if nothing does. */
    private volatile @Nullable String trouble;

    private volatile @Nullable String refusal;
    private volatile @Nullable FoundTopic found;

    TopicMonitor(Settings.Kafka kafka, Producers producers) {
        this.kafka = kafka;
        this.producers = producers;
        this.admin = Admin.create(ClientConfig.monitor(kafka));
        this.replication = new TopicReplication(kafka);
        this.trouble = noAnswer() + " yet";
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** For others whose clients reckon by the wall clock; run on the thread that watches. */
    void onClockSetBack(Runnable action) {
        onClockSetBack = action;
    }

    boolean isHealthy() {
        return trouble == null;
    }

    /** Whether an event may be appended now; its end is to be told. */
    boolean admits() {
        return isHealthy() && trial.admits();
    }

    Optional<String> trouble() {
        var now = trouble;
        return now == null && trial.isUnderWay()
                ? Optional.of("an append failed, and whether " + kafka.bootstrapServers()
                        + " acknowledges again is being tried with one event")
                : Optional.ofNullable(now);
    }

    /** What Kafka says to a client that it will not deal with, as long as it does. */
    Optional<String> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** The topic as it was when last seen; null until then. */
    @Nullable
    FoundTopic found() {
        return found;
    }

    void appendAcknowledged() {
        acknowledged.increment();
        trial.acknowledged();
    }

    /** One failed for a reason of its own. */
    void appendRejected() {
        trial.inconclusive();
    }

    /** An append failed: unhealthy until a look that began later, and one append, find otherwise. */
    void appendFailed(Throwable reason) {
        failures.incrementAndGet();
        trial.unacknowledged();
        become("an append failed: " + reason.getMessage());
    }

    private void watch() {
        try {
            do {
                if (clock.wasSetBack()) {
                    isAdminStale = true;
                    onClockSetBack.run();
                }
                if (isAdminStale) {
                    replaceAdmin();
                }
                var failuresBefore = failures.get();
                var seen = look();
                boolean before = isHealthy();
                if (failures.get() == failuresBefore) {
                    become(seen.orElse(null));
                }
                if (isHealthy() && !before) {
                    replication.warnIfWeak(admin);
                }
            } while (!closing.await(
                    isHealthy() || refusal != null ? HEALTHY_MILLIS : UNHEALTHY_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closing
        } finally {
            become("nobody watches it any more"); // also by an Error: what is not known is not promised
        }
    }

    /** It reckons by the wall clock, and would connect again only when that is where it was. */
    private void replaceAdmin() {
        var old = admin;
        try {
            admin = Admin.create(ClientConfig.monitor(kafka));
            isAdminStale = false;
            old.close(Duration.ZERO);
        } catch (KafkaException e) {
            LOG.warn("no new client of {} after the clock was set back", kafka.bootstrapServers(), e);
        }
        if (closing.getCount() == 0) {
            admin.close(Duration.ZERO);
        }
    }

    /** Once it closes it stays in trouble, and nothing is told. */
    private synchronized void become(@Nullable String next) {
        if (closing.getCount() == 0) {
            trouble = CLOSING;
            return;
        }
        boolean wasHealthy = isHealthy();
        trouble = next;
        if (wasHealthy && next != null) {
            LOG.warn("topic {} at {} takes no events: {}", kafka.topic(), kafka.bootstrapServers(), next);
        } else if (!wasHealthy && next == null) {
            LOG.info("topic {} at {} takes events", kafka.topic(), kafka.bootstrapServers());
        }
    }

    /** What keeps the topic from being appended to, if anything does. */
    private Optional<String> look() throws InterruptedException {
        try {
            var seen = lookOrFail();
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

    private Optional<String> lookOrFail() throws InterruptedException {
        var acknowledgedBefore = acknowledged.sum();
        try {
            var topic = result(admin.describeTopics(List.of(kafka.topic())).allTopicNames())
                    .values()
                    .iterator()
                    .next();
            take(new FoundTopic(topic.topicId(), topic.partitions().size()));
            var weakness = replication.weakness(topic, admin);
            if (weakness.isEmpty()) {
                // Throws until the producers, too, know them.
                producers.all().forEach(producer -> producer.partitionsFor(kafka.topic()));
            }
            return weakness;
        } catch (UnknownTopicOrPartitionException e) {
            return Optional.of(makeTopic());
        } catch (TimeoutException e) {
            // A busy broker may be slow to tell of itself and yet take events.
            return acknowledged.sum() == acknowledgedBefore
                    ? Optional.of(noAnswer() + ": " + e.getMessage())
                    : Optional.empty();
        } catch (AuthenticationException | AuthorizationException e) {
            throw e;
        } catch (RuntimeException e) {
            return Optional.of(e.toString());
        }
    }

    private String noAnswer() {
        return "no answer from " + kafka.bootstrapServers();
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

    private String makeTopic() throws InterruptedException {
        try {
            result(admin.createTopics(List.of(replication.newTopic(admin))).all());
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

    static <T> T result(KafkaFuture<T> future) throws InterruptedException {
        try {
            return future.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new TimeoutException("no answer within " + ANSWER_SECONDS + " s", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new KafkaException(e);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        become(CLOSING);
        thread.interrupt();
        admin.close(Duration.ZERO);
    }
}
