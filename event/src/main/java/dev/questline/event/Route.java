package dev.questline.event;

import java.util.regex.Pattern;

/**
 * Where an event comes in: an HTTP method and an absolute path without query, compared exactly. As text:
 * {@code GET /purchase_a_sword}.
 */
public record Route(String method, String path) {
    private static final Pattern TEXT = Pattern.compile("(GET|POST|PUT|PATCH|DELETE) (/[^\\s?#]*)");

    /** Reads the text form; throws {@link IllegalArgumentException} saying what is allowed. */
    public static Route parse(String text) {
        var matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text
                    + "' is no route; allowed is METHOD /path, as in GET /purchase_a_sword, with GET, POST, PUT,"
                    + " PATCH or DELETE and a path without query");
        }
        return new Route(matcher.group(1), matcher.group(2));
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
