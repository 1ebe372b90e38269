package dev.questline.log;

/** The log cannot take an event now, for a reason that passes: the broker is away, slow or full. */
public final class LogUnavailable extends RuntimeException {
    public LogUnavailable(String message, Throwable cause) {
        super(message, cause);
    }

    public LogUnavailable(String message) {
        super(message);
    }
}
