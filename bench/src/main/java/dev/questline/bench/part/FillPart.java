package dev.questline.bench.part;

import dev.questline.event.Catalog;
import dev.questline.event.Event;
import dev.questline.event.EventFactory;
import dev.questline.event.EventType;
import dev.questline.event.RequestHeaders;
import dev.questline.event.Route;
import dev.questline.event.Settings;
import dev.questline.log.KafkaEventLog;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Fills a topic of four partitions with events as the collector logs them: {@code SERVERS TOPIC EVENTS RARE}. If RARE is
 * true, a single one in the middle has a field more, which no sample of the topic's ends shows.
 */
public final class FillPart {
    private static final int PARTITIONS = 4;

    /** Below what the producer's buffer holds, which is an error when full. */
    private static final int IN_FLIGHT = 20_000;

    private static final EventType SWORD = type(Map.of("event_type", "purchase_sword"));
    private static final EventType RARE = type(Map.of("event_type", "purchase_sword", "rune", "of opening"));

    private final EventFactory events = new EventFactory();
    private final Semaphore room = new Semaphore(IN_FLIGHT);
    private final AtomicLong failed = new AtomicLong();
    private final KafkaEventLog log;

    private FillPart(KafkaEventLog log) {
        this.log = log;
    }

    public static void main(String[] args) throws InterruptedException {
        Quiet.logs();
        var count = Integer.parseInt(args[2]);
        try (var log = KafkaEventLog.open(new Settings.Kafka(Optional.of(args[0]), 0, args[1], PARTITIONS))) {
            while (!log.isAvailable()) {
                Thread.sleep(20);
            }
            new FillPart(log).fill(count, Boolean.parseBoolean(args[3]));
        }
    }

    private void fill(int count, boolean withRare) throws InterruptedException {
        for (var i = 0; i < count; i++) {
            append(events.event(
                    Catalog.BUILT_IN, withRare && i == count / 2 ? RARE : SWORD, headers(i), Instant.now()));
        }
        room.acquire(IN_FLIGHT);
        if (failed.get() > 0) {
            throw new IllegalStateException(failed + " events were not acknowledged");
        }
    }

    private void append(Event event) throws InterruptedException {
        room.acquire();
        log.append(event).whenComplete((receipt, failure) -> {
            if (failure != null) {
                failed.incrementAndGet();
            }
            room.release();
        });
    }

    /** With these a value has 172 bytes. */
    private static RequestHeaders headers(int i) {
        return new RequestHeaders(List.of(
                Map.entry("Host", "user%05d.comcast.com".formatted(i % 100_000)),
                Map.entry("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Swords-Game/10.2.3"),
                Map.entry("Accept", "*/*"),
                Map.entry("Accept-Language", "en-US,en")));
    }

    private static EventType type(Map<String, Object> fields) {
        return new EventType("purchase_sword", new Route("GET", "/"), "", fields, Optional.empty());
    }
}
