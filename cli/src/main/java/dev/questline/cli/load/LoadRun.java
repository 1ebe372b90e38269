package dev.questline.cli.load;

import dev.questline.event.UserError;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Carries out a plan. */
public final class LoadRun {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** What a schedule holds is sent even if it is a little late: it shall not end one request short for a hiccup. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private static final Duration OPENING = Duration.ofSeconds(1);

    /** A connection is open before its server has heard of it. */
    private static final long SETTLING_MILLIS = 100;

    private final Run run;
    private final Progress progress;
    private final List<EventLoop> loops = new ArrayList<>();

    /**
     * Sends nothing yet.
     *
     * @param err for progress, unless {@code quiet}, and answers, if they are to be shown
     */
    public LoadRun(LoadPlan plan, PrintStream err, boolean quiet) {
        run = new Run(plan, new AnswerPrinter(err, plan.showAnswers()));
        progress = new Progress(err, plan, quiet);
    }

    /**
     * Sends everything and waits for its end, which comes even if the server hangs. To be called once.
     *
     * @throws UserError if nothing answers at the URL
     */
    public LoadResult run() {
        if (run.plan.rate().isPresent()) {
            WarmUp.run(run.plan);
        }
        return sendAll();
    }

    /** The same with the JVM as it is. */
    LoadResult sendAll() {
        makeLoops();
        if (run.plan.rate().isPresent() && run.plan.keepAlive()) {
            openConnections();
        }
        var start = System.nanoTime();
        run.tickets.begin(start);
        var tally = join(startThreads(), start);
        var seconds = (System.nanoTime() - start) / 1e9;
        var unreachable = run.unreachable();
        if (unreachable != null) {
            throw unreachable;
        }
        progress.show(finished(), 0);
        progress.end(finished());
        tally.lengthErrors += run.documentLength.othersBefore();
        var pace = run.tickets.pace(tally);
        return new LoadResult(run.plan, tally, seconds, run.documentLength.bytes(), pace, run.tickets.stopped());
    }

    /** Ends it at once with what there is so far. From any thread. */
    public void breakOff(String reason) {
        run.breakOff(reason);
    }

    private void makeLoops() {
        var concurrency = run.plan.concurrency();
        var count = Math.min(concurrency, run.plan.threads());
        try {
            for (int i = 0; i < count; i++) {
                loops.add(new EventLoop(run, concurrency / count + (i < concurrency % count ? 1 : 0)));
            }
        } catch (IOException e) {
            throw UserError.failed("cannot wait for connections: " + e.getMessage(), e);
        }
    }

    /** For a schedule: else its first requests would wait for the server to take up all of them at once. */
    private void openConnections() {
        try {
            for (var loop : loops) {
                loop.openConnections(OPENING);
            }
            Thread.sleep(SETTLING_MILLIS);
        } catch (IOException e) {
            throw UserError.failed("cannot wait for connections: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            run.breakOff("interrupted");
            Thread.currentThread().interrupt();
        }
    }

    private List<FutureTask<Tally>> startThreads() {
        var tasks = loops.stream().map(FutureTask::new).toList();
        for (var task : tasks) {
            var thread = new Thread(task, "load");
            thread.setDaemon(true);
            thread.start();
        }
        return tasks;
    }

    private Tally join(List<FutureTask<Tally>> tasks, long start) {
        var all = new Tally();
        try {
            for (var task : tasks) {
                all.add(await(task, start));
            }
            return all;
        } catch (ExecutionException e) {
            throw new IllegalStateException("an event loop failed", e.getCause());
        } catch (InterruptedException e) {
            run.breakOff("interrupted");
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private Tally await(Future<Tally> task, long start) throws ExecutionException, InterruptedException {
        var limit = run.plan.timeLimit().map(this::sendingNanos).orElse(Long.MAX_VALUE);
        while (true) {
            var passed = System.nanoTime() - start;
            if (passed >= limit) {
                run.tickets.end();
            }
            progress.show(finished(), passed);
            try {
                return task.get(
                        passed < limit ? Math.min(LOOK_NANOS, limit - passed) : LOOK_NANOS, TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                // Not yet.
            }
        }
    }

    private long sendingNanos(Duration limit) {
        return (run.plan.rate().isPresent() ? limit.plus(GRACE) : limit).toNanos();
    }

    private long finished() {
        return loops.stream().mapToLong(EventLoop::finished).sum();
    }
}
