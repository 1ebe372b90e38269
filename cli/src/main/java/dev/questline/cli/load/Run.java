package dev.questline.cli.load;

import dev.questline.event.UserError;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What the event loops of one run share. Thread-safe. */
final class Run {
    final LoadPlan plan;
    final String ip;
    final RequestBytes requests;
    final Tickets tickets;
    final Progress progress;
    final AnswerPrinter answers;
    private final AtomicLong lastAnswer = new AtomicLong(System.nanoTime());
    private final AtomicReference<UserError> unreachable = new AtomicReference<>();
    private final AtomicLong documentLength = new AtomicLong(-1);
    private volatile boolean answeredOnce;

    Run(LoadPlan plan, Progress progress, AnswerPrinter answers) {
        this.plan = plan;
        this.ip = ip(plan.host());
        this.requests = new RequestBytes(plan);
        this.tickets = new Tickets(plan.requests());
        this.progress = progress;
        this.answers = answers;
    }

    /** Takes the length of an answer's body; false if it differs from the first answer's, which ApacheBench counts as failed. */
    boolean hasDocumentLength(long bodyBytes) {
        if (!answeredOnce) {
            answeredOnce = true;
        }
        lastAnswer.lazySet(System.nanoTime());
        return documentLength.get() == bodyBytes || documentLength.compareAndSet(-1, bodyBytes);
    }

    long documentLength() {
        return Math.max(0, documentLength.get());
    }

    /** A server that was never there ends the run at once, one that went away after the timeout. */
    void connectFailed(Throwable cause) {
        if (!answeredOnce) {
            var reason = String.valueOf(cause.getMessage());
            unreachable.compareAndSet(null, UserError.failed("cannot connect to " + plan.url() + ": " + reason, cause));
            tickets.stop(reason);
        } else if (Duration.ofNanos(System.nanoTime() - lastAnswer.get()).compareTo(plan.timeout()) > 0) {
            tickets.stop("no connection for " + plan.timeout().toSeconds() + " s: " + cause.getMessage());
        }
    }

    /** By Java's own resolver, once: each connection would ask for it again. */
    private static String ip(String host) {
        try {
            return InetAddress.getByName(host).getHostAddress();
        } catch (UnknownHostException e) {
            throw UserError.failed("the host '" + host + "' is unknown", e);
        }
    }

    @Nullable
    UserError unreachable() {
        return answeredOnce ? null : unreachable.get();
    }
}
