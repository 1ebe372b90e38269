package dev.questline.query.flight;

import java.util.regex.Pattern;

/** The patterns of names that JDBC and its like have: {@code %} for any text, {@code _} for any character. */
final class Like {
    static final String ESCAPE = "\\";

    private Like() {}

    static boolean matches(String name, String pattern) {
        var regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            var c = pattern.charAt(i);
            if (c == '%') {
                regex.append(".*");
            } else if (c == '_') {
                regex.append('.');
            } else {
                var escapes = c == ESCAPE.charAt(0) && i + 1 < pattern.length();
                regex.append(Pattern.quote(String.valueOf(escapes ? pattern.charAt(++i) : c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(name).matches();
    }
}
