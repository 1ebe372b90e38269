package dev.questline.log;

import dev.questline.event.Settings;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches, on a thread of its own, whether a topic can be appended to. Its looks also keep the producer's knowledge of the
 * topic fresh, without which an append after idle minutes would fail.
 */
final class TopicMonitor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicMonitor.class);
    private static final long HEALTHY_MILLIS = 500;
    private static final long UNHEALTHY_MILLIS = 100;

    /** A minute: a topic that was made while a cluster's brokers were starting, or that has lost some for good, is told of. */
    private static final int LOOKS_AT_REPLICATION = 120;

    private static final String CLOSING = "it is being closed";

    private final Settings.Kafka kafka;
    private final TopicReplication replication;
    private final TopicLook look;
    private final Thread thread = new Thread(this::watch, "topic-monitor");
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicLong failures = new AtomicLong();
    private final LongAdder acknowledged = new LongAdder();
    private final WallClock clock = new WallClock();
    private volatile Admin admin;
    private boolean isAdminStale;
    private int healthyLooks;
    private volatile Runnable onClockSetBack = () -> {};

    /** What keeps it from being appended to; null if nothing does. */
    private volatile @Nullable String trouble;

    TopicMonitor(Settings.Kafka kafka, Producers producers) {
        this.kafka = kafka;
        this.admin = Admin.create(ClientConfig.monitor(kafka));
        this.replication = new TopicReplication(kafka);
        this.look = new TopicLook(kafka, producers, replication, acknowledged::sum);
        this.trouble = "no answer from " + kafka.bootstrapServers() + " yet";
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

    Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** What Kafka says to a client that it will not deal with, as long as it does. */
    Optional<String> refusal() {
        return Optional.ofNullable(look.refusal());
    }

    /** The topic as it was when last seen; null until then. */
    @Nullable
    FoundTopic found() {
        return look.found();
    }

    void appendAcknowledged() {
        acknowledged.increment();
    }

    /** An append failed: unhealthy until a look that began later finds otherwise. */
    void appendFailed(Throwable reason) {
        failures.incrementAndGet();
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
                var seen = look.at(admin);
                boolean before = isHealthy();
                if (failures.get() == failuresBefore) {
                    become(seen.orElse(null));
                }
                if (isHealthy() && (!before || ++healthyLooks % LOOKS_AT_REPLICATION == 0)) {
                    replication.warnIfWeak(admin);
                }
            } while (!closing.await(
                    isHealthy() || look.refusal() != null ? HEALTHY_MILLIS : UNHEALTHY_MILLIS, TimeUnit.MILLISECONDS));
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

    @Override
    public void close() {
        closing.countDown();
        become(CLOSING);
        thread.interrupt();
        admin.close(Duration.ZERO);
    }
}
