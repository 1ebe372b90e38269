package dev.questline.cli.stack;

import org.jspecify.annotations.Nullable;

/**
 * One part of a running stack.
 *
 * @param where an address a person can use, or nothing yet
 * @param process its own process; null if it lives in the stack's
 * @param note why it is in this state, for a person
 */
public record Component(
        String name, Status status, String where, @Nullable ProcessId process, String note) {
    /** How a component is. */
    public enum Status {
        STARTING,
        READY,
        RESTARTING,
        FAILED,

        /** It has said that it is ready, and now that it is asked says otherwise. */
        NOT_READY,

        /** The same, and says nothing. */
        NOT_ANSWERING
    }

    Component found(Status now, String why) {
        return new Component(name, now, where, process, why);
    }

    boolean isReady() {
        return status == Status.READY;
    }
}
