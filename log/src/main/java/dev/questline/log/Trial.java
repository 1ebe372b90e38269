package dev.questline.log;

import java.util.concurrent.TimeUnit;

/**
 * After an append that went unacknowledged, a few at a time show whether the log takes events again: a look at the topic
 * cannot where the brokers that are left lack the others to tell them so. A few, as some may go to a partition that is
 * worse off than the others. Thread-safe.
 */
final class Trial {
    static final int AT_ONCE = 4;

    /** Those whose end nobody has told by then are over. */
    private static final long LIMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(ClientConfig.APPEND_MILLIS + 1_000);

    private volatile boolean isNeeded;
    private int underWay;

    /** When the last began. */
    private long begun;

    /** Whether an append may be made now. If so it is one of the trial's, where that is needed. */
    boolean admits() {
        return !isNeeded || begin();
    }

    private synchronized boolean begin() {
        if (isFull()) {
            return false;
        }
        underWay = isOver() ? 1 : underWay + 1;
        begun = System.nanoTime();
        return true;
    }

    /** Whether it is needed, and takes no more. */
    boolean isUnderWay() {
        return isNeeded && isFull();
    }

    private synchronized boolean isFull() {
        return underWay == AT_ONCE && !isOver();
    }

    private boolean isOver() {
        return System.nanoTime() - begun >= LIMIT_NANOS;
    }

    void acknowledged() {
        if (isNeeded) {
            end(false);
        }
    }

    void unacknowledged() {
        end(true);
    }

    private synchronized void end(boolean needsAnother) {
        isNeeded = needsAnother;
        underWay = 0;
    }

    /** An append has ended in a way that says nothing of the others. */
    synchronized void inconclusive() {
        underWay = Math.max(0, underWay - 1);
    }
}
