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
        FAILED
    }

    boolean isReady() {
        return status == Status.READY;
    }
}
