package dev.questline.event;

import org.jspecify.annotations.Nullable;

/**
 * Something the user can mend. Its message names the thing, where it stands and what is allowed; it is shown alone,
 * without a stack trace. Every other exception that reaches the top is a bug.
 */
public final class UserError extends RuntimeException {
    /** The exit code of wrong use: flags, settings, names. */
    public static final int WRONG_USE = 2;

    /** The exit code of work that was rightly asked for and failed. */
    public static final int FAILED = 1;

    private final int exitCode;

    private UserError(String message, int exitCode, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** The user asked for something that cannot be: exit code 2. */
    public static UserError wrongUse(String message) {
        return new UserError(message, WRONG_USE, null);
    }

    /** The world is in the way (a port taken, a broker away, a disk full): exit code 1. */
    public static UserError failed(String message) {
        return new UserError(message, FAILED, null);
    }

    /** As {@link #failed(String)}, with the cause kept for the log file. */
    public static UserError failed(String message, Throwable cause) {
        return new UserError(message, FAILED, cause);
    }

    /** What the process exits with: 1 or 2. */
    public int exitCode() {
        return exitCode;
    }
}
