package dev.questline.collect;

import dev.questline.event.Event;
import dev.questline.log.EventLog;
import dev.questline.log.LogUnavailable;
import dev.questline.log.Measure;
import dev.questline.log.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** A log in memory that can be held back, taken away and broken. */
final class MemoryLog implements EventLog {
    private final ConcurrentLinkedQueue<Event> events = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Runnable> heldBack = new ConcurrentLinkedQueue<>();
    private final AtomicLong offsets = new AtomicLong();
    volatile boolean keepsEvents = true;
    volatile boolean available = true;
    volatile boolean holdsBack;
    volatile boolean knowsIds;
    volatile RuntimeException failure;
    volatile RuntimeException thrown;
    volatile List<Measure> measures = List.of();

    @Override
    public CompletionStage<Receipt> append(Event event) {
        if (thrown != null) {
            throw thrown;
        }
        if (failure != null) {
            return CompletableFuture.failedFuture(failure);
        }
        if (keepsEvents) {
            events.add(event);
        }
        var receipt = new Receipt("events", 0, offsets.getAndIncrement(), knowsIds);
        if (!holdsBack) {
            return CompletableFuture.completedFuture(receipt);
        }
        var promise = new CompletableFuture<Receipt>();
        heldBack.add(() -> promise.complete(receipt));
        if (!holdsBack) {
            acknowledge(); // it was called just now, and this one came too late for it
        }
        return promise;
    }

    int waiting() {
        return heldBack.size();
    }

    void acknowledge() {
        holdsBack = false;
        for (var next = heldBack.poll(); next != null; next = heldBack.poll()) {
            next.run();
        }
    }

    void goDown() {
        available = false;
        failure = new LogUnavailable("the broker is away");
    }

    void comeBack() {
        available = true;
        failure = null;
    }

    List<Event> events() {
        return new ArrayList<>(events);
    }

    void forget() {
        events.clear();
    }

    List<String> values() {
        return events.stream()
                .map(event -> new String(event.value(), java.nio.charset.StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public List<Measure> measures() {
        return measures;
    }

    @Override
    public Optional<String> trouble() {
        return available ? Optional.empty() : Optional.of("the broker is away");
    }

    @Override
    public void close() {}
}
