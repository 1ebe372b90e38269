package dev.questline.log;

/** A client's id comes once more, with an event that cannot be the one it was given to: the client is mistaken. */
public final class IdMismatch extends RuntimeException {
    public IdMismatch(String message) {
        super(message);
    }
}
