package dev.questline.log;

/** The log does not take an event of this size, now or later. */
public final class EventTooLarge extends RuntimeException {
    public EventTooLarge(String message, Throwable cause) {
        super(message, cause);
    }
}
