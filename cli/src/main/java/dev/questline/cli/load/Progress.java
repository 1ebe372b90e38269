package dev.questline.cli.load;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicLong;

/** ApacheBench's lines while it runs: one for each tenth, at most one per hundred requests. Thread-safe. */
final class Progress {
    private static final int FEWEST_SHOWN = 150;

    private final AtomicLong finished = new AtomicLong();
    private final PrintStream err;
    private final long step;

    /** {@code quiet} shows nothing. */
    Progress(PrintStream err, int requests, boolean quiet) {
        this.err = err;
        this.step = quiet || requests <= FEWEST_SHOWN ? Long.MAX_VALUE : Math.max(requests / 10, 100);
    }

    void finishedOne() {
        var count = finished.incrementAndGet();
        if (count % step == 0) {
            err.println("Completed " + count + " requests");
        }
    }

    void end() {
        if (step != Long.MAX_VALUE) {
            err.println("Finished " + finished.get() + " requests");
        }
    }
}
