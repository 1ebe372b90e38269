package dev.questline.cli.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Locale;

/** The head of an answer. */
record Answer(String head) {
    static final int UNKNOWN_LENGTH = -1;

    /** 0 if the server speaks no HTTP. */
    int status() {
        return head.matches("(?s)HTTP/1\\.[01] [1-9][0-9]{2}\\b.*") ? Integer.parseInt(head, 9, 12, 10) : 0;
    }

    boolean is2xx() {
        return status() / 100 == 2;
    }

    String server() {
        return header("Server");
    }

    /** Whether the server leaves the connection open after this answer. */
    boolean keepsConnection() {
        var connection = header("Connection").toLowerCase(Locale.ROOT);
        return head.startsWith("HTTP/1.0") ? connection.contains("keep-alive") : !connection.contains("close");
    }

    /** Of the body, or {@link #UNKNOWN_LENGTH}: up to the connection's end. */
    int length(String method) {
        if (method.equals("HEAD") || status() == 204 || status() == 304) {
            return 0;
        }
        var length = header("Content-Length");
        return length.matches("[0-9]{1,9}") ? Integer.parseInt(length) : UNKNOWN_LENGTH;
    }

    /** The header's value, empty if there is none. */
    private String header(String name) {
        for (int line = head.indexOf('\n'); line >= 0; line = head.indexOf('\n', line + 1)) {
            var colon = line + 1 + name.length();
            if (head.regionMatches(true, line + 1, name, 0, name.length())
                    && colon < head.length()
                    && head.charAt(colon) == ':') {
                var end = head.indexOf('\n', colon);
                return head.substring(colon + 1, end < 0 ? head.length() : end).trim();
            }
        }
        return "";
    }

    static Answer of(byte[] bytes, int headLength) {
        return new Answer(new String(bytes, 0, headLength, ISO_8859_1));
    }
}
