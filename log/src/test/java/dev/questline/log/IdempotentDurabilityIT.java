package dev.questline.log;

import static dev.questline.log.Events.await;
import static dev.questline.log.Events.eventOfClient;
import static dev.questline.log.Events.kafka;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that retry with their id until they are told that their event is logged: it is, once, whatever happens. */
@Tag("durability")
@Timeout(300)
class IdempotentDurabilityIT {
    private static final int CLIENTS = 16;
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final int port = LoopbackPort.anyFree();
    private final Map<String, Receipt> acknowledged = new ConcurrentHashMap<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger repeated = new AtomicInteger();
    private volatile boolean stop;
    private volatile IdempotentLog log;

    private @Nullable BrokerProcess broker;

    @AfterEach
    void killBroker() {
        if (broker != null) {
            broker.kill();
        }
    }

    @Test
    void aBrokerThatIsKilledInMidStreamLosesAndDoublesNothing() throws InterruptedException {
        startBroker();
        openLog();
        var clients = startClients();
        for (int kill = 0; kill < 3; kill++) {
            await(SOON, acknowledgedMore(1_000));
            Events.pause(ThreadLocalRandom.current().nextInt(300));
            killBroker();
            startBroker();
        }
        finish(clients);
        assertThat(failures).as("failed while it was away").hasPositiveValue();
    }

    @Test
    void aBrokerThatStandsStillLosesAndDoublesNothing() throws InterruptedException {
        var process = startBroker();
        openLog();
        var clients = startClients();
        for (int pause = 0; pause < 2; pause++) {
            await(SOON, acknowledgedMore(1_000));
            process.suspend();
            int before = failures.get();
            // Each client is told that its outcome is unknown, and asks again.
            await(SOON, () -> failures.get() >= before + CLIENTS);
            Events.pause(2_000);
            process.resume();
        }
        finish(clients);
        assertThat(repeated).as("logged before the client asked again").hasPositiveValue();
    }

    @Test
    void aCollectorThatRestartsInMidStreamLosesAndDoublesNothing() throws InterruptedException {
        startBroker();
        openLog();
        var clients = startClients();
        for (int restart = 0; restart < 3; restart++) {
            await(SOON, acknowledgedMore(1_000));
            log.close();
            openLog();
        }
        finish(clients);
    }

    private BrokerProcess startBroker() {
        var started = BrokerProcess.start(folder, port);
        broker = started;
        return started.awaitUp();
    }

    private void openLog() {
        log = IdempotentLog.open(kafka(port, "events", 3), Duration.ofMinutes(10), 1_000_000);
        await(SOON, () -> log.isAvailable() && log.isReady());
    }

    private List<Thread> startClients() {
        var clients = IntStream.range(0, CLIENTS)
                .mapToObj(client -> new Thread(() -> sendUntilStopped(client)))
                .toList();
        clients.forEach(Thread::start);
        return clients;
    }

    private void sendUntilStopped(int client) {
        for (int i = 0; !stop; i++) {
            sendUntilAcknowledged("client" + client + "-" + i);
        }
    }

    private void sendUntilAcknowledged(String id) {
        while (!acknowledged.containsKey(id)) {
            try {
                var receipt =
                        log.append(eventOfClient(id)).toCompletableFuture().join();
                acknowledged.put(id, receipt);
                if (receipt.isRepeated()) {
                    repeated.incrementAndGet();
                }
            } catch (RuntimeException e) {
                assertThat(e).hasCauseInstanceOf(LogUnavailable.class);
                failures.incrementAndGet();
                Events.pause(10);
            }
        }
    }

    private BooleanSupplier acknowledgedMore(int count) {
        int before = acknowledged.size();
        return () -> acknowledged.size() >= before + count;
    }

    private void finish(List<Thread> clients) throws InterruptedException {
        await(SOON, acknowledgedMore(1_000));
        stop = true;
        for (var client : clients) {
            client.join();
        }
        log.close();
        System.out.printf(
                "acknowledged %d, of them repeated %d, failed attempts %d%n",
                acknowledged.size(), repeated.get(), failures.get());
        assertThat(readBack()).as("each once, and where its receipt says").isEqualTo(places());
    }

    private Map<String, List<String>> places() {
        var places = new HashMap<String, List<String>>();
        acknowledged.forEach((id, receipt) -> places.put(id, List.of(receipt.partition() + "/" + receipt.offset())));
        return places;
    }

    private Map<String, List<String>> readBack() {
        var found = new HashMap<String, List<String>>();
        try (var reader = LogReader.open(kafka(port, "events", 1))) {
            reader.readToEnd(
                    new StartOffset.Beginning(),
                    LogReader.NO_LIMIT,
                    record -> found.computeIfAbsent(String.valueOf(LogReader.eventId(record)), id -> new ArrayList<>())
                            .add(record.partition() + "/" + record.offset()));
        }
        return found;
    }
}
