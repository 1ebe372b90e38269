package dev.questline.query.notebook;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A stream whose lines are notes on a screen. */
final class Notes extends ByteArrayOutputStream {
    private final Screen screen;

    Notes(Screen screen) {
        this.screen = screen;
    }

    @Override
    public synchronized void flush() {
        var text = toString(StandardCharsets.UTF_8);
        var end = text.lastIndexOf('\n') + 1;
        if (end > 0) {
            text.substring(0, end).lines().forEach(screen::note);
            reset();
            writeBytes(text.substring(end).getBytes(StandardCharsets.UTF_8));
        }
    }
}
