package dev.questline.cli.load;

import io.vertx.core.buffer.Buffer;
import java.io.PrintStream;

/** Shows answers as they come, for {@code -v 2}. Thread-safe. */
final class AnswerPrinter {
    private final PrintStream out;
    private final boolean shown;

    AnswerPrinter(PrintStream out, boolean shown) {
        this.out = out;
        this.shown = shown;
    }

    void received(Buffer part) {
        if (shown) {
            out.print(part);
        }
    }
}
