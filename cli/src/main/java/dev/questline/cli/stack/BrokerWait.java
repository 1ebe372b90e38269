package dev.questline.cli.stack;

import dev.questline.log.EventLog;
import java.time.Duration;
import java.util.function.Consumer;

/** A start without a broker goes on, but not in silence. */
public final class BrokerWait {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int POLL_MILLIS = 20;

    private BrokerWait() {}

    /** What the reason means, for a line of its own. */
    public static final String MEANWHILE = "; until that changes the collector answers 503";

    /** Returns once an event would be taken; {@code whyNot} gets the reason once if that takes long or forever. */
    public static void until(EventLog log, String servers, Consumer<String> whyNot) throws InterruptedException {
        long sayAt = System.nanoTime() + PATIENCE.toNanos();
        boolean said = false;
        while (!log.isAvailable()) {
            var refusal = log.refusal();
            if (!said && (refusal.isPresent() || System.nanoTime() > sayAt)) {
                whyNot.accept(refusal.orElse("no broker answers at " + servers + " yet"));
                said = true;
            }
            Thread.sleep(POLL_MILLIS);
        }
    }
}
