package dev.questline.log;

import static dev.questline.log.Events.await;
import static dev.questline.log.Events.event;
import static dev.questline.log.Events.kafka;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("durability")
@Timeout(180)
class BrokerDurabilityIT {
    private static final int KILLS = 2;

    @TempDir
    Path folder;

    private final int port = LoopbackPort.anyFree();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private volatile boolean stop;

    private @Nullable BrokerProcess broker;

    @AfterEach
    void killBroker() {
        if (broker != null) {
            broker.kill();
        }
    }

    @Test
    void whatWasAcknowledgedOutlivesKillsInMidStream() throws InterruptedException {
        startBroker().awaitUp();
        var log = KafkaEventLog.open(kafka(port, "events", 1));
        var appending = new Thread(() -> appendUntilStopped(log));
        appending.start();
        for (int kill = 0; kill < KILLS; kill++) {
            await(Duration.ofSeconds(20), acknowledgedMore(2_000));
            Events.pause(ThreadLocalRandom.current().nextInt(300));
            killBroker();
            startBroker().awaitUp();
        }
        await(Duration.ofSeconds(20), acknowledgedMore(2_000));
        stop = true;
        appending.join();
        log.close();
        assertThat(acknowledged).hasSizeGreaterThan(2_000 * KILLS);
        assertThat(refused).as("refused while it was away").isNotEmpty();
        assertThat(readBack()).containsAll(acknowledged);
    }

    @Test
    void aKillWhileFormattingOrStartingHealsByItself() {
        for (int kill = 0; kill < 4; kill++) {
            startBroker();
            Events.pause(ThreadLocalRandom.current().nextInt(200, 2_500));
            killBroker();
        }
        startBroker().awaitUp();
        try (var log = Events.open(kafka(port, "events", 1))) {
            Events.append(log, event("well"));
        }
    }

    private BrokerProcess startBroker() {
        var started = BrokerProcess.start(folder, port);
        broker = started;
        return started;
    }

    private BooleanSupplier acknowledgedMore(int count) {
        int before = acknowledged.size();
        return () -> acknowledged.size() >= before + count;
    }

    private void appendUntilStopped(KafkaEventLog log) {
        var inFlight = new Semaphore(500);
        for (int i = 0; !stop; i++) {
            var id = "e" + i;
            inFlight.acquireUninterruptibly();
            log.append(event(id)).whenComplete((receipt, error) -> {
                (error == null ? acknowledged : refused).add(id);
                inFlight.release();
            });
            if (!log.isAvailable()) {
                Events.pause(1);
            }
        }
        inFlight.acquireUninterruptibly(500);
    }

    private Set<String> readBack() {
        var found = new HashSet<String>();
        try (var reader = LogReader.open(kafka(port, "events", 1))) {
            reader.readToEnd(new StartOffset.Beginning(), LogReader.NO_LIMIT, record -> {
                assertThat(found.add(String.valueOf(LogReader.eventId(record))))
                        .as("no duplicate")
                        .isTrue();
            });
        }
        return found;
    }
}
