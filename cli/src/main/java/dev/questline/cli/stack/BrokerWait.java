package dev.questline.cli.stack;

import dev.questline.log.EventLog;
import java.time.Duration;
import java.util.function.Consumer;

/** A start without a broker goes on, but not in silence. */
public final class BrokerWait {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int POLL_MILLIS = 20;

    private BrokerWait() {}

    /** Returns once an event would be taken; {@code messages} gets one line if that takes long. */
    public static void until(EventLog log, String servers, Consumer<String> messages) throws InterruptedException {
        long sayAt = System.nanoTime() + PATIENCE.toNanos();
        boolean said = false;
        while (!log.isAvailable()) {
            if (!said && System.nanoTime() > sayAt) {
                messages.accept("no broker answers at " + servers + " yet; until then the collector answers 503");
                said = true;
            }
            Thread.sleep(POLL_MILLIS);
        }
    }
}
