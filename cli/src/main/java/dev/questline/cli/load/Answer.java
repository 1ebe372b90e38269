package dev.questline.cli.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** The head of an answer. Read once for each request of a run, so without regular expressions. */
final class Answer {
    static final int UNKNOWN_LENGTH = -1;

    private static final int LONGEST_LENGTH = 9;

    private final String head;
    private final int status;
    private final int contentLength;
    private final boolean keepsConnection;

    private Answer(String head) {
        this.head = head;
        this.status = statusOf(head);
        this.contentLength = number(header("Content-Length"));
        var connection = header("Connection");
        this.keepsConnection = head.startsWith("HTTP/1.0")
                ? connection.equalsIgnoreCase("keep-alive")
                : !connection.equalsIgnoreCase("close");
    }

    /** The answer whose head is the first part of {@code bytes}. */
    static Answer of(byte[] bytes, int headLength) {
        return new Answer(new String(bytes, 0, headLength, ISO_8859_1));
    }

    boolean is2xx() {
        return status / 100 == 2;
    }

    /** 0 if the server speaks no HTTP. */
    int status() {
        return status;
    }

    String server() {
        return header("Server");
    }

    /** Whether the server leaves the connection open after this answer. */
    boolean keepsConnection() {
        return keepsConnection;
    }

    /** Of the body, or {@link #UNKNOWN_LENGTH}: up to the connection's end. */
    int length(String method) {
        return method.equals("HEAD") || status == 204 || status == 304 ? 0 : contentLength;
    }

    private static int statusOf(String head) {
        var isHttp = head.startsWith("HTTP/1.") && head.length() > 12 && head.charAt(8) == ' ';
        var status = isHttp ? number(head.substring(9, 12)) : 0;
        return Math.max(0, status);
    }

    private static int number(String digits) {
        if (digits.isEmpty() || digits.length() > LONGEST_LENGTH) {
            return UNKNOWN_LENGTH;
        }
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                return UNKNOWN_LENGTH;
            }
        }
        return Integer.parseInt(digits);
    }

    /** The header's value, empty if there is none. */
    private String header(String name) {
        for (int line = head.indexOf('\n'); line >= 0; line = head.indexOf('\n', line + 1)) {
            var colon = line + 1 + name.length();
            if (colon < head.length()
                    && head.charAt(colon) == ':'
                    && head.regionMatches(true, line + 1, name, 0, name.length())) {
                var end = head.indexOf('\n', colon);
                return head.substring(colon + 1, end < 0 ? head.length() : end).trim();
            }
        }
        return "";
    }
}
