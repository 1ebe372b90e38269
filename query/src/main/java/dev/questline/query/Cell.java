package dev.questline.query;

/** A value as it stands in a table: on one line, with nothing that moves a terminal's cursor. */
final class Cell {
    /** More of one value is never shown. */
    static final int LONGEST = 1_000;

    private Cell() {}

    /** The value with its control characters escaped as in Java. */
    static String shown(String value) {
        var text = new StringBuilder();
        value.codePoints().limit(LONGEST).forEach(c -> append(text, c));
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

    static int width(String shown) {
        return shown.codePointCount(0, shown.length());
    }

    /** Cut or padded to the width; what is cut ends in an ellipsis. */
    static String fit(String shown, int width, boolean right) {
        var missing = width - width(shown);
        if (missing < 0) {
            return shown.substring(0, shown.offsetByCodePoints(0, width - 1)) + "…";
        }
        return right ? " ".repeat(missing) + shown : shown + " ".repeat(missing);
    }
}
