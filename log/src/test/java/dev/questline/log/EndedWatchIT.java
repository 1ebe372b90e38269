package dev.questline.log;

import static dev.questline.log.Events.await;
import static dev.questline.log.Events.kafka;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.questline.event.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Threads that watch the log may end by an error that nobody could foresee; nothing is promised from then on. */
class EndedWatchIT {
    private static final Duration SOON = Duration.ofSeconds(15);

    @TempDir
    Path folder;

    private final int port = LoopbackPort.anyFree();
    private @Nullable EmbeddedBroker broker;

    @BeforeEach
    void startBroker() {
        broker = EmbeddedBroker.start(folder.resolve("broker"), port);
    }

    @AfterEach
    void stopBroker() {
        broker.close();
        Events.awaitBrokersStopped();
    }

    /** What the watch says when it finds the log well is where this one fails. */
    private static final class Failing extends AppenderBase<ILoggingEvent> {
        private final AtomicInteger failures = new AtomicInteger();

        @Override
        protected void append(ILoggingEvent event) {
            if (event.getFormattedMessage().endsWith("takes events")) {
                failures.incrementAndGet();
                throw new StackOverflowError("of the test");
            }
        }
    }

    @Test
    void aLogThatNobodyWatchesTakesNoEvents() {
        var logger = (Logger) LoggerFactory.getLogger(TopicMonitor.class);
        var failing = new Failing();
        failing.start();
        var level = logger.getLevel();
        logger.setLevel(Level.INFO);
        logger.addAppender(failing);
        try (var log = KafkaEventLog.open(kafka(port, "events", 1))) {
            await(SOON, () -> failing.failures.get() == 1);
            await(SOON, () -> !log.isAvailable());
            assertThat(Events.failure(log, Events.event("a"))).isInstanceOf(LogUnavailable.class);
        } finally {
            logger.detachAppender(failing);
            logger.setLevel(level);
        }
    }

    @Test
    void idsThatNobodyReadsAreInDoubt() {
        var doubts = new Doubts();
        doubts.resolve(doubts.latest());
        var follower = new LogFollower(
                kafka(port, "events", 1),
                () -> {
                    throw new StackOverflowError("of the test");
                },
                Duration.ofMinutes(1),
                new IdTable(10, Duration.ofMinutes(1)),
                doubts,
                new PendingAppends(Duration.ofSeconds(5), overdue -> {}));
        assertThat(doubts.isCertain()).isTrue();
        follower.start();
        await(SOON, () -> !doubts.isCertain());
        follower.close();
    }

    /** As the metrics tell them apart by it. */
    @Test
    void twoProducersHaveTwoNames() throws Exception {
        var properties = Files.writeString(folder.resolve("client.properties"), "client.id=mine\n");
        var kafka = new Settings.Kafka(Optional.empty(), port, "events", 1).with(properties);
        try (var log = KafkaEventLog.openPatient(kafka)) {
            await(SOON, log::isAvailable);
            assertThat(log.measures().stream().map(measure -> measure.labels().get("client_id")))
                    .contains("mine", "mine-ids");
            assertThat(log.measures().stream()
                            .map(measure -> measure.name() + measure.labels())
                            .toList())
                    .doesNotHaveDuplicates();
        }
    }
}
