package dev.questline.log;

import dev.questline.event.Settings;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the log, on a thread of its own, for the ids that clients gave their events, from the window's beginning on and
 * for as long as it is open: so they are known again after a restart, as are those that others log.
 */
final class LogFollower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogFollower.class);
    private static final long RETRY_MILLIS = 200;
    private static final long CLOSE_MILLIS = 2_000;

    private final Settings.Kafka kafka;
    private final Supplier<@Nullable FoundTopic> found;
    private final Duration window;
    private final IdTable table;
    private final Doubts doubts;
    private final PendingAppends pending;
    private final Thread thread = new Thread(this::run, "log-follower");
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable IdReading reading;
    private @Nullable Uuid topicInTable;
    private boolean isTroubleTold;

    LogFollower(
            Settings.Kafka kafka,
            Supplier<@Nullable FoundTopic> found,
            Duration window,
            IdTable table,
            Doubts doubts,
            PendingAppends pending) {
        this.kafka = kafka;
        this.found = found;
        this.window = window;
        this.table = table;
        this.doubts = doubts;
        this.pending = pending;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            do {
                var topic = found.get();
                if (topic != null) {
                    follow(topic);
                }
                pending.expire(System.nanoTime());
            } while (!closing.await(RETRY_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does
        } finally {
            doubts.add(); // also by an Error: ids that are not known are refused from now on
        }
    }

    /** Until the topic is another, or reading it fails. */
    private void follow(FoundTopic topic) {
        doubts.add();
        if (!topic.id().equals(topicInTable)) {
            table.clear();
            topicInTable = topic.id();
        }
        try (var begun = IdReading.open(kafka, topic, table, doubts)) {
            reading = begun;
            begun.seek(kafka, window);
            while (closing.getCount() > 0 && begun.isOf(found.get())) {
                begun.advance(found.get());
                pending.expire(System.nanoTime());
                isTroubleTold = false;
            }
        } catch (WakeupException e) {
            // closing, or to begin anew
        } catch (TruncatedLog e) {
            LOG.warn("topic {} has lost its end; what was known of it is forgotten and read anew", kafka.topic());
            topicInTable = null;
        } catch (RuntimeException e) {
            tell(e);
        } finally {
            reading = null;
        }
    }

    private void tell(RuntimeException trouble) {
        if (!isTroubleTold && closing.getCount() > 0) {
            isTroubleTold = true;
            LOG.warn("cannot read topic {} for clients' ids, trying again: {}", kafka.topic(), trouble.toString());
        }
    }

    /** With another consumer: that in use reckons by the wall clock, and may wait until that is where it was. */
    void beginAnew() {
        var current = reading;
        if (current != null) {
            current.stop();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        beginAnew();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
