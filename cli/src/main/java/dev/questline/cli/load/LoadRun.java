package dev.questline.cli.load;

import dev.questline.event.UserError;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Carries out a plan. */
public final class LoadRun {
    private LoadRun() {}

    /**
     * Sends everything and waits for its end, which comes even if the server hangs.
     *
     * @param err for progress, unless {@code quiet}, and answers, if they are to be shown
     * @throws UserError if nothing answers at the URL
     */
    public static LoadResult run(LoadPlan plan, PrintStream err, boolean quiet) {
        var run = new Run(plan, new Progress(err, plan.requests(), quiet), new AnswerPrinter(err, plan.showAnswers()));
        var vertx = vertx(plan);
        try {
            plan.timeLimit().ifPresent(limit -> vertx.setTimer(limit.toMillis(), id -> run.tickets.end()));
            var start = System.nanoTime();
            var tally = runWorkers(vertx, run);
            var seconds = (System.nanoTime() - start) / 1e9;
            var unreachable = run.unreachable();
            if (unreachable != null) {
                throw unreachable;
            }
            run.progress.end();
            return new LoadResult(plan, tally, seconds, run.documentLength(), run.tickets.stopped());
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private static Tally runWorkers(Vertx vertx, Run run) {
        var workers = workers(run);
        workers.forEach(vertx::deployVerticle);
        var all = new Tally();
        Future.join(workers.stream().map(Worker::done).toList())
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        workers.forEach(worker -> all.add(worker.done().result()));
        return all;
    }

    private static List<Worker> workers(Run run) {
        var count = threads(run.plan);
        var workers = new ArrayList<Worker>();
        for (int i = 0; i < count; i++) {
            var share = run.plan.concurrency() / count + (i < run.plan.concurrency() % count ? 1 : 0);
            workers.add(new Worker(run, share));
        }
        return workers;
    }

    private static int threads(LoadPlan plan) {
        return Math.min(plan.concurrency(), Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    }

    private static Vertx vertx(LoadPlan plan) {
        var files = new FileSystemOptions().setClassPathResolvingEnabled(false).setFileCachingEnabled(false);
        return Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(threads(plan))
                .setFileSystemOptions(files)
                .setUseDaemonThread(true));
    }
}
