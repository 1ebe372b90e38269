package dev.questline.cli.load;

/** Reads an answer from the parts in which it comes, and then the next. Makes nothing anew on the way. */
final class AnswerReader {
    private enum At {
        HEAD,
        BODY,
        BODY_TO_THE_END,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILER,
        COMPLETE,
        BROKEN
    }

    /** Of a head, or of a line elsewhere: more than any answer has, reading on would fill memory. */
    private static final int LONGEST_HEAD = 1 << 20;

    private static final int MOST_HEX_DIGITS = 12;

    private final boolean bodiless;
    private final LineReader lines = new LineReader();
    private final AnswerHead head = new AnswerHead();
    private At at = At.HEAD;
    private long lineBytes;
    private long left;
    private long bytes;
    private long bodyBytes;
    private boolean surplus;

    AnswerReader(String method) {
        bodiless = method.equals("HEAD");
        head.clear();
    }

    /** Expects the next answer. */
    void clear() {
        head.clear();
        lines.clear();
        at = At.HEAD;
        lineBytes = 0;
        bytes = 0;
        bodyBytes = 0;
        surplus = false;
    }

    void add(byte[] part, int from, int to) {
        bytes += to - from;
        int next = from;
        while (next < to && at != At.COMPLETE && at != At.BROKEN) {
            next = switch (at) {
                case BODY, CHUNK -> readBody(next, to);
                case BODY_TO_THE_END -> readToTheEnd(next, to);
                default -> readLine(part, next, to);
            };
        }
        surplus |= next < to;
    }

    private int readBody(int from, int to) {
        var taken = (int) Math.min(left, to - from);
        left -= taken;
        bodyBytes += taken;
        if (left == 0) {
            at = at == At.CHUNK ? At.CHUNK_END : At.COMPLETE;
        }
        return from + taken;
    }

    private int readToTheEnd(int from, int to) {
        bodyBytes += to - from;
        return to;
    }

    private int readLine(byte[] part, int from, int to) {
        var next = lines.read(part, from, to);
        lineBytes += next - from;
        if (lineBytes > LONGEST_HEAD) {
            at = At.BROKEN;
        } else if (lines.isComplete()) {
            takeLine(lines.line(), lines.from(), lines.to());
        }
        return next;
    }

    private void takeLine(byte[] line, int from, int to) {
        switch (at) {
            case CHUNK_SIZE -> takeChunkSize(line, from, to);
            case CHUNK_END -> at = from == to ? At.CHUNK_SIZE : At.BROKEN;
            case TRAILER -> at = from == to ? At.COMPLETE : At.TRAILER;
            default -> takeHead(line, from, to);
        }
    }

    private void takeHead(byte[] line, int from, int to) {
        head.take(line, from, to);
        if (from < to) {
            return;
        }
        if (head.isInterim()) {
            head.clear();
        } else {
            lineBytes = 0;
            startBody();
        }
    }

    private void startBody() {
        if (bodiless || head.status() == 204 || head.status() == 304) {
            at = At.COMPLETE;
        } else if (head.isChunked()) {
            at = At.CHUNK_SIZE;
        } else {
            left = head.contentLength();
            at = left == 0 ? At.COMPLETE : left == AnswerHead.UNKNOWN ? At.BODY_TO_THE_END : At.BODY;
        }
    }

    private void takeChunkSize(byte[] line, int from, int to) {
        lineBytes = 0;
        left = 0;
        int digit = from;
        while (digit < to && Character.digit(line[digit], 16) >= 0) {
            left = left * 16 + Character.digit(line[digit], 16);
            digit++;
        }
        if (digit == from || digit - from > MOST_HEX_DIGITS) {
            at = At.BROKEN;
        } else {
            at = left == 0 ? At.TRAILER : At.CHUNK;
        }
    }

    /** The whole answer is there, so far as its length is known before the connection's end. */
    boolean isComplete() {
        return at == At.COMPLETE;
    }

    /** What came is an answer, the connection being at its end now. */
    boolean isCompleteAtEnd() {
        return at == At.COMPLETE || at == At.BODY_TO_THE_END;
    }

    /** What came is no answer, and won't become one. */
    boolean isBroken() {
        return at == At.BROKEN;
    }

    /** More came than the answer has: who sends so cannot be trusted with a further request. */
    boolean hasSurplus() {
        return surplus;
    }

    /** Whole once the answer is. */
    AnswerHead head() {
        return head;
    }

    long bodyBytes() {
        return bodyBytes;
    }

    long bytes() {
        return bytes;
    }
}
