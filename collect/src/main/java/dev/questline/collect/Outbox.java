package dev.questline.collect;

import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what the log has said to its event loop, which is woken once for many: the log acknowledges events in batches.
 * Any thread may add.
 */
final class Outbox {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    private final Context context;
    private final Object lock = new Object();
    private List<Runnable> waiting = new ArrayList<>();
    private List<Runnable> running = new ArrayList<>();

    /** @param context of the event loop */
    Outbox(Context context) {
        this.context = context;
    }

    /** To be run on the event loop, in the order of adding. */
    void add(Runnable answer) {
        boolean first;
        synchronized (lock) {
            first = waiting.isEmpty();
            waiting.add(answer);
        }
        if (first) {
            context.runOnContext(now -> run());
        }
    }

    private void run() {
        synchronized (lock) {
            var emptied = running;
            running = waiting;
            waiting = emptied;
        }
        running.forEach(Outbox::run);
        running.clear();
    }

    /** One that fails, in whatever way, must not keep the others from being run, these and all that come later. */
    private static void run(Runnable answer) {
        try {
            answer.run();
        } catch (RuntimeException | Error e) {
            LOG.error("answering a request failed", e);
        }
    }
}
