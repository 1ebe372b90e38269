package dev.questline.log;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * An event with a client's id that is being appended. Those who ask for it share one outcome; who has waited for too long
 * is told so, while the append goes on, and who asks after that waits anew. Thread-safe.
 */
final class PendingAppend {
    private final int type;
    private final long limitNanos;
    private CompletableFuture<Receipt> outcome = new CompletableFuture<>();
    private long deadline;
    private boolean settled;

    PendingAppend(int type, long limitNanos) {
        this.type = type;
        this.limitNanos = limitNanos;
        this.deadline = System.nanoTime() + limitNanos;
    }

    int type() {
        return type;
    }

    /** For the one who began it. */
    synchronized CompletionStage<Receipt> outcome() {
        return outcome;
    }

    /** For any other. */
    synchronized CompletionStage<Receipt> join() {
        if (outcome.isDone() && !settled) {
            outcome = new CompletableFuture<>();
            deadline = System.nanoTime() + limitNanos;
        }
        return outcome.thenApply(Receipt::repeated);
    }

    /** Exactly one of both is not null. */
    void settle(@Nullable Receipt receipt, @Nullable Throwable failure) {
        var waiting = settled();
        if (receipt != null) {
            waiting.complete(receipt);
        } else {
            waiting.completeExceptionally(
                    failure == null ? new IllegalStateException("neither receipt nor failure") : failure);
        }
    }

    private synchronized CompletableFuture<Receipt> settled() {
        if (outcome.isDone()) {
            outcome = new CompletableFuture<>();
        }
        settled = true;
        return outcome;
    }

    /** Whether somebody has waited for too long. */
    synchronized boolean isOverdue(long nanos) {
        return !settled && !outcome.isDone() && nanos - deadline >= 0;
    }

    /** Tells those who wait; whether there was anything left to tell. */
    boolean expire(Throwable overdue) {
        var waiting = unsettled();
        return waiting != null && waiting.completeExceptionally(overdue);
    }

    private synchronized @Nullable CompletableFuture<Receipt> unsettled() {
        return settled ? null : outcome;
    }
}
