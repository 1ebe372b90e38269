package dev.questline.cli.load;

import dev.questline.event.UserError;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What the event loops of one run share. Thread-safe. */
final class Run {
    final LoadPlan plan;
    final InetSocketAddress address;
    final RequestBytes requests;
    final Tickets tickets;
    final AnswerPrinter answers;
    final DocumentLength documentLength = new DocumentLength();
    private final AtomicReference<UserError> unreachable = new AtomicReference<>();
    private volatile boolean brokenOff;

    Run(LoadPlan plan, AnswerPrinter answers) {
        this.plan = plan;
        this.address = address(plan);
        this.requests = new RequestBytes(plan);
        this.tickets = new Tickets(plan.requests(), plan.rate());
        this.answers = answers;
    }

    /** A server that was never there ends the run at once, one that went away after the timeout. */
    void connectFailed(Exception cause, long nanosWithoutAnswer) {
        var reason = String.valueOf(cause.getMessage());
        if (!documentLength.isSeen()) {
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
        return documentLength.isSeen() ? null : unreachable.get();
    }
}
