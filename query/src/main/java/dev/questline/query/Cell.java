package dev.questline.query;

import java.util.stream.Collectors;

/** A value as it stands in a table: on one line, with nothing that moves a terminal's cursor. */
final class Cell {
    /** More of one value is never shown. */
    static final int LONGEST = 1_000;

    private Cell() {}

    /** The value with its control characters escaped as in Java; what is cut ends in an ellipsis. */
    static String shown(String value) {
        var text = new StringBuilder();
        value.codePoints().limit(LONGEST).forEach(c -> append(text, c));
        return text + (isCut(value) ? "…" : "");
    }

    /** Whether it is longer than what is shown of it. */
    static boolean isCut(String value) {
        return value.length() > LONGEST && value.codePointCount(0, value.length()) > LONGEST;
    }

    /** The same for a text of many lines: what Spark says may quote values. */
    static String lines(String text) {
        return text.lines().map(Cell::line).collect(Collectors.joining("\n"));
    }

    private static String line(String line) {
        var text = new StringBuilder();
        line.codePoints().forEach(c -> append(text, c));
        return text.toString();
    }

    private static void append(StringBuilder text, int c) {
        switch (c) {
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\t' -> text.append("\\t");
            default -> {
                if (Character.isISOControl(c) || isInvisible(c)) {
                    text.append(String.format("\\u%04x", c));
                } else {
                    text.appendCodePoint(c);
                }
            }
        }
    }

    /** Line separators, and marks that turn the direction of what follows. */
    private static boolean isInvisible(int c) {
        return c == 0x2028 || c == 0x2029 || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    }

    /** Cut or padded to so many columns of a terminal; what is cut ends in an ellipsis. */
    static String fit(String shown, int width, boolean right) {
        var fitting = DisplayWidth.of(shown) > width ? DisplayWidth.cut(shown, width - 1) + "…" : shown;
        // A wide character that found no room leaves a column free.
        var padding = " ".repeat(width - DisplayWidth.of(fitting));
        return right && fitting.equals(shown) ? padding + fitting : fitting + padding;
    }
}
