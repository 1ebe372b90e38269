package dev.questline.query;

import com.sun.net.httpserver.HttpExchange;
import dev.questline.event.UserError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request. A worker runs it in a session and a job group of its own; the calling thread watches the caller, and
 * cancels the jobs once the caller has gone.
 */
final class Run {
    private static final Logger LOG = LoggerFactory.getLogger(Run.class);
    private static final long BEAT_MILLIS = 1_000;
    private static final long PROGRESS_MILLIS = 250;

    private final SharedSessions sessions;
    private final SparkContext context;
    private final RunRequest request;
    private final JobGroup group;
    private volatile boolean isBegun;
    private boolean isWaitTold;

    Run(SharedSessions sessions, RunRequest request) {
        this.sessions = sessions;
        this.context = sessions.context();
        this.request = request;
        this.group = JobGroup.of(context, String.join(" ", request.arguments()));
    }

    /** Answers the request whole; throws before anything is sent if no worker can take it. */
    void answer(HttpExchange exchange, ThreadPoolExecutor workers) throws IOException {
        var opened = new CompletableFuture<Answer>();
        var running = workers.submit(() -> run(opened.join()));
        try {
            exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
            exchange.sendResponseHeaders(200, 0);
            var answer = new Answer(exchange.getResponseBody());
            opened.complete(answer);
            answer.exit(watch(running, workers, answer));
        } catch (IOException e) {
            opened.completeExceptionally(e);
            running.cancel(false);
            workers.purge();
            group.cancel("the caller has gone");
            throw e;
        }
    }

    private int run(Answer answer) {
        isBegun = true;
        var caller =
                new Caller(request.folder(), request.width(), answer.stream(Frames.OUT), answer.stream(Frames.ERR));
        group.join();
        try {
            return new Commands(this::open, caller).run(request.arguments().toArray(String[]::new));
        } finally {
            context.clearJobGroup();
        }
    }

    private SparkSession open(Optional<String> master, Path project) {
        if (master.isPresent() && !master.get().equals(context.master())) {
            throw UserError.wrongUse("--master " + master.get() + ": the running Spark is on " + context.master());
        }
        return sessions.of(request.session());
    }

    private int watch(Future<Integer> running, ThreadPoolExecutor workers, Answer answer) throws IOException {
        var progress = new Progress(context, group.id());
        var tick = BEAT_MILLIS;
        while (true) {
            try {
                return running.get(tick, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                tick = request.progress() ? PROGRESS_MILLIS : BEAT_MILLIS;
                answer.beat();
                if (request.progress()) {
                    show(progress, running, workers, answer);
                }
            } catch (ExecutionException e) {
                return report(e, answer);
            } catch (InterruptedException e) {
                throw new IOException("the service closes", e);
            }
        }
    }

    private void show(Progress progress, Future<?> running, ThreadPoolExecutor workers, Answer answer)
            throws IOException {
        if (!isBegun) {
            answer.progress(waiting(running, workers));
            isWaitTold = true;
        } else if (isWaitTold) {
            answer.progress("");
            isWaitTold = false;
        }
        var line = progress.line();
        if (line.isPresent()) {
            answer.progress(line.get());
        }
    }

    private static String waiting(Future<?> request, ThreadPoolExecutor workers) {
        var ahead =
                workers.getQueue().stream().takeWhile(other -> other != request).count();
        return "waiting for " + (workers.getActiveCount() + ahead) + " statements that came first";
    }

    private static int report(Throwable e, Answer answer) {
        LOG.error("internal error", e);
        answer.stream(Frames.ERR).println("questline: internal error: " + e.getCause());
        return UserError.FAILED;
    }
}
