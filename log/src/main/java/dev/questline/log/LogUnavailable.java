package dev.questline.log;

/** The log cannot take an event now, for a reason that passes: the broker is away, slow or full. */
public final class LogUnavailable extends RuntimeException {
    private final boolean refused;

    public LogUnavailable(String message, Throwable cause) {
        super(message, cause);
        this.refused = false;
    }

    public LogUnavailable(String message) {
        this(message, false);
    }

    private LogUnavailable(String message, boolean refused) {
        super(message);
        this.refused = refused;
    }

    /** For an event that was not sent, and so will not come to stand in the log. */
    public static LogUnavailable refused(String message) {
        return new LogUnavailable(message, true);
    }

    /** Whether the event is known not to be logged, now or later; else it may or may not be. */
    public boolean isRefused() {
        return refused;
    }
}
