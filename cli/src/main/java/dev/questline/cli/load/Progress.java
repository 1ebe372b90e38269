package dev.questline.cli.load;

import java.io.PrintStream;
import java.time.Duration;

/** ApacheBench's lines while it runs: one for each tenth, at most one per hundred requests or one a second. */
final class Progress {
    private static final int FEWEST_SHOWN = 150;
    private static final int FEWEST_A_STEP = 100;
    private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

    private final PrintStream err;
    private final boolean isShown;
    private final boolean isByTime;
    private final long step;
    private long nextStep;

    /** {@code quiet} shows nothing. */
    Progress(PrintStream err, LoadPlan plan, boolean quiet) {
        this.err = err;
        isByTime = plan.requests() == LoadPlan.NO_LIMIT;
        isShown = !quiet && plan.requests() > FEWEST_SHOWN;
        step = isByTime
                ? Math.max(plan.timeLimit().map(Duration::toNanos).orElse(0L) / 10, SECOND_NANOS)
                : Math.max(plan.requests() / 10, FEWEST_A_STEP);
        nextStep = step;
    }

    /** So many requests have ended within that time. */
    void show(long finished, long nanos) {
        while (isShown && (isByTime ? nanos : finished) >= nextStep) {
            err.println("Completed " + (isByTime ? finished : nextStep) + " requests");
            nextStep += step;
        }
    }

    void end(long finished) {
        if (isShown) {
            err.println("Finished " + finished + " requests");
        }
    }
}
