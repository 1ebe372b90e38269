package dev.questline.cli.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintStream;

/** Shows answers as they come, for {@code -v 2}. Thread-safe. */
final class AnswerPrinter {
    private final PrintStream out;
    private final boolean shown;

    AnswerPrinter(PrintStream out, boolean shown) {
        this.out = out;
        this.shown = shown;
    }

    void received(byte[] part, int length) {
        if (shown) {
            out.print(new String(part, 0, length, UTF_8));
        }
    }
}
