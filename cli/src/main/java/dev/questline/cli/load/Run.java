package dev.questline.cli.load;

import dev.questline.event.UserError;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What the event loops of one run share. Thread-safe. */
final class Run {
    final LoadPlan plan;
    final InetSocketAddress address;
    final RequestBytes requests;
    final Tickets tickets;
    final AnswerPrinter answers;
    private final AtomicReference<UserError> unreachable = new AtomicReference<>();
    private final AtomicLong documentLength = new AtomicLong(-1);
    private volatile boolean brokenOff;

    Run(LoadPlan plan, AnswerPrinter answers) {
        this.plan = plan;
        this.address = address(plan);
        this.requests = new RequestBytes(plan);
        this.tickets = new Tickets(plan.requests(), plan.rate());
        this.answers = answers;
    }

    /** Takes the length of an answer's body; false if it differs from the first answer's, which ApacheBench counts as failed. */
    boolean hasDocumentLength(long bodyBytes) {
        return documentLength.get() == bodyBytes || documentLength.compareAndSet(-1, bodyBytes);
    }

    long documentLength() {
        return Math.max(0, documentLength.get());
    }

    private boolean hasAnswered() {
        return documentLength.get() >= 0;
    }

    /** A server that was never there ends the run at once, one that went away after the timeout. */
    void connectFailed(Exception cause, long nanosWithoutAnswer) {
        var reason = String.valueOf(cause.getMessage());
        if (!hasAnswered()) {
            unreachable.compareAndSet(null, UserError.failed("cannot connect to " + plan.url() + ": " + reason, cause));
            tickets.stop(reason);
        } else if (nanosWithoutAnswer > plan.timeout().toNanos()) {
            tickets.stop("no connection for " + plan.timeout().toSeconds() + " s: " + reason);
        }
    }

    /** Ends with what there is, without waiting for the answers under way. */
    void breakOff(String reason) {
        tickets.stop(reason);
        brokenOff = true;
    }

    boolean isBrokenOff() {
        return brokenOff;
    }

    /** By Java's own resolver, once. */
    private static InetSocketAddress address(LoadPlan plan) {
        try {
            return new InetSocketAddress(InetAddress.getByName(plan.host()), plan.port());
        } catch (UnknownHostException e) {
            throw UserError.failed("the host '" + plan.host() + "' is unknown", e);
        }
    }

    @Nullable
    UserError unreachable() {
        return hasAnswered() ? null : unreachable.get();
    }
}
