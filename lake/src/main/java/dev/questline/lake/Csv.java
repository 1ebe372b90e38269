package dev.questline.lake;

import java.util.regex.Pattern;

/** Texts in lines of comma-separated values, as in RFC 4180. */
public final class Csv {
    /** Blanks at an end too, which some readers would drop. */
    private static final Pattern NEEDS_QUOTES = Pattern.compile("[\",\r\n]|^\\s|\\s$");

    private Csv() {}

    /** A text as one value of a line. The empty text is {@code ""}, so that it differs from null, which is nothing. */
    public static String value(String text) {
        return text.isEmpty() || NEEDS_QUOTES.matcher(text).find() ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
