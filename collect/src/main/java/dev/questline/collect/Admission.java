package dev.questline.collect;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Which requests may wait for the log: a bounded number, whose events and whose heads, which live as long as they do, take
 * a bounded number of bytes in all; and none once the collector closes. Thread-safe.
 */
final class Admission {
    private final Budget requests;
    private final Budget eventBytes;
    private final Budget headBytes;
    private final AtomicBoolean closing = new AtomicBoolean();

    Admission(Limits limits) {
        this.requests = new Budget(limits.inFlight());
        this.eventBytes = new Budget(limits.bytesInFlight());
        this.headBytes = new Budget(limits.headBytesInFlight());
    }

    /** Whether one more may, with an event and a head of so many bytes; then {@link #leave} must follow. */
    boolean enter(long event, long head) {
        if (requests.take(1)) {
            if (eventBytes.take(event)) {
                if (headBytes.take(head)) {
                    return true;
                }
                eventBytes.giveBack(event);
            }
            requests.giveBack(1);
        }
        return false;
    }

    void leave(long event, long head) {
        requests.giveBack(1);
        eventBytes.giveBack(event);
        headBytes.giveBack(head);
    }

    /** Of the heads of all requests that wait, for whatever. */
    Budget headBytes() {
        return headBytes;
    }

    int inFlight() {
        return (int) requests.taken();
    }

    /** From now on none; false if that was so before. */
    boolean close() {
        return closing.compareAndSet(false, true);
    }

    boolean isClosing() {
        return closing.get();
    }
}
