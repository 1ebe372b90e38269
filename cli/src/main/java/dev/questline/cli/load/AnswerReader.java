package dev.questline.cli.load;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** Reads one answer from the parts in which it comes. */
final class AnswerReader {
    private static final int LONGEST_HEAD = 1 << 20;

    private final String method;
    private @Nullable Buffer unread;
    private @Nullable Answer answer;
    private int length;
    private long headBytes;
    private long bodyBytes;

    AnswerReader(String method) {
        this.method = method;
    }

    void add(Buffer part) {
        if (answer != null) {
            bodyBytes += part.length();
            return;
        }
        unread = unread == null ? part : unread.appendBuffer(part);
        var bytes = unread.getBytes();
        var end = endOfHead(bytes);
        headBytes = end < 0 ? bytes.length : end;
        if (end >= 0) {
            answer = Answer.of(bytes, end);
            length = answer.length(method);
            bodyBytes = (long) bytes.length - end;
        }
    }

    /** The whole body is there, so far as its length is known before the connection's end. */
    boolean isComplete() {
        return answer != null && length != Answer.UNKNOWN_LENGTH && bodyBytes >= length;
    }

    /** What came is an answer, the connection being at its end now. */
    boolean isCompleteAtEnd() {
        return isComplete() || (answer != null && length == Answer.UNKNOWN_LENGTH);
    }

    /** More came than any answer has; reading on would fill memory. */
    boolean isHopeless() {
        return answer == null && headBytes > LONGEST_HEAD;
    }

    @Nullable
    Answer answer() {
        return answer;
    }

    long bodyBytes() {
        return bodyBytes;
    }

    long bytes() {
        return headBytes + bodyBytes;
    }

    private static int endOfHead(byte[] bytes) {
        for (int i = 1; i < bytes.length; i++) {
            if (bytes[i] == '\n' && (bytes[i - 1] == '\n' || (i > 2 && bytes[i - 1] == '\r' && bytes[i - 2] == '\n'))) {
                return i + 1;
            }
        }
        return -1;
    }
}
