package dev.questline.cli.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.jspecify.annotations.Nullable;

/** The head of an answer, taken in line by line and without making a string of any. Used again for the next one. */
final class AnswerHead {
    static final long UNKNOWN = -1;

    private static final byte[] CONTENT_LENGTH = "content-length:".getBytes(ISO_8859_1);
    private static final byte[] CONNECTION = "connection:".getBytes(ISO_8859_1);
    private static final byte[] TRANSFER_ENCODING = "transfer-encoding:".getBytes(ISO_8859_1);
    private static final byte[] RETRY_AFTER = "retry-after:".getBytes(ISO_8859_1);
    private static final byte[] SERVER = "server:".getBytes(ISO_8859_1);
    private static final byte[] CLOSE = "close".getBytes(ISO_8859_1);
    private static final byte[] KEEP_ALIVE = "keep-alive".getBytes(ISO_8859_1);
    private static final byte[] CHUNKED = "chunked".getBytes(ISO_8859_1);
    private static final byte[] HTTP_1 = "http/1.".getBytes(ISO_8859_1);

    private static final int STATUS_AT = "HTTP/1.x ".length();
    private static final int MOST_DIGITS = 15;

    private int lines;
    private int status;
    private long contentLength;
    private long retryAfterSeconds;
    private boolean chunked;
    private boolean keepsConnection;
    private @Nullable String server;

    void clear() {
        lines = 0;
        status = 0;
        contentLength = UNKNOWN;
        retryAfterSeconds = UNKNOWN;
        chunked = false;
        keepsConnection = false;
    }

    /** Takes a line without its end. */
    void take(byte[] bytes, int from, int to) {
        if (lines == 0) {
            takeStatus(bytes, from, to);
        } else if (from < to) {
            takeHeader(bytes, from, to);
        }
        lines++;
    }

    private void takeStatus(byte[] bytes, int from, int to) {
        var isHttp = startsWith(bytes, from, to, HTTP_1) && to - from >= STATUS_AT + 3;
        status = isHttp && bytes[from + STATUS_AT - 1] == ' '
                ? (int) Math.max(0, number(bytes, from + STATUS_AT, from + STATUS_AT + 3))
                : 0;
        keepsConnection = !isHttp || bytes[from + HTTP_1.length] != '0';
    }

    private void takeHeader(byte[] bytes, int from, int to) {
        switch (bytes[from] | 0x20) {
            case 'c' -> {
                if (startsWith(bytes, from, to, CONTENT_LENGTH)) {
                    contentLength = number(bytes, from + CONTENT_LENGTH.length, to);
                } else if (startsWith(bytes, from, to, CONNECTION)) {
                    takeConnection(bytes, from + CONNECTION.length, to);
                }
            }
            case 't' -> chunked |= startsWith(bytes, from, to, TRANSFER_ENCODING) && contains(bytes, from, to, CHUNKED);
            case 'r' -> {
                if (startsWith(bytes, from, to, RETRY_AFTER)) {
                    retryAfterSeconds = number(bytes, from + RETRY_AFTER.length, to);
                }
            }
            case 's' -> {
                if (server == null && startsWith(bytes, from, to, SERVER)) {
                    server = new String(bytes, from + SERVER.length, to - from - SERVER.length, ISO_8859_1).trim();
                }
            }
            default -> {}
        }
    }

    private void takeConnection(byte[] bytes, int from, int to) {
        if (contains(bytes, from, to, CLOSE)) {
            keepsConnection = false;
        } else if (contains(bytes, from, to, KEEP_ALIVE)) {
            keepsConnection = true;
        }
    }

    /** 0 if the server speaks no HTTP. */
    int status() {
        return status;
    }

    boolean is2xx() {
        return status / 100 == 2;
    }

    /** Another head follows it, the answer's own. */
    boolean isInterim() {
        return status / 100 == 1 && status != 101;
    }

    /** A server that is for now too busy, or away. */
    boolean asksToComeBack() {
        return status == 429 || status == 503;
    }

    /** {@link #UNKNOWN} if it says nothing, or a date. */
    long retryAfterSeconds() {
        return retryAfterSeconds;
    }

    /** Of the body, or {@link #UNKNOWN}: up to the connection's end. */
    long contentLength() {
        return contentLength;
    }

    boolean isChunked() {
        return chunked;
    }

    /** Whether the server leaves the connection open after this answer. */
    boolean keepsConnection() {
        return keepsConnection;
    }

    /** What the first server to name itself is called; empty if none did. */
    String server() {
        return server == null ? "" : server;
    }

    private static boolean startsWith(byte[] bytes, int from, int to, byte[] lowerCase) {
        return to - from >= lowerCase.length && matches(bytes, from, lowerCase);
    }

    private static boolean contains(byte[] bytes, int from, int to, byte[] lowerCase) {
        for (int at = from; at <= to - lowerCase.length; at++) {
            if (matches(bytes, at, lowerCase)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(byte[] bytes, int at, byte[] lowerCase) {
        for (int i = 0; i < lowerCase.length; i++) {
            var read = bytes[at + i];
            var isUpperCase = read >= 'A' && read <= 'Z';
            if ((isUpperCase ? read + ('a' - 'A') : read) != lowerCase[i]) {
                return false;
            }
        }
        return true;
    }

    private static long number(byte[] bytes, int from, int to) {
        while (from < to && isSpace(bytes[from])) {
            from++;
        }
        while (from < to && isSpace(bytes[to - 1])) {
            to--;
        }
        if (from == to || to - from > MOST_DIGITS) {
            return UNKNOWN;
        }
        long number = 0;
        for (int i = from; i < to; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return UNKNOWN;
            }
            number = number * 10 + bytes[i] - '0';
        }
        return number;
    }

    private static boolean isSpace(byte read) {
        return read == ' ' || read == '\t';
    }
}
