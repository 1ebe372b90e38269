package dev.questline.cli.load;

import java.util.Arrays;

/** Cuts lines out of the parts in which they come; only one that is cut in two is copied. */
final class LineReader {
    private byte[] unfinished = new byte[0];
    private int unfinishedLength;
    private byte[] line = unfinished;
    private int from;
    private int to;

    void clear() {
        unfinishedLength = 0;
    }

    /** Goes on to the line's end or the part's; returns the place behind. {@link #isComplete} tells which it was. */
    int read(byte[] part, int at, int end) {
        int lineEnd = at;
        while (lineEnd < end && part[lineEnd] != '\n') {
            lineEnd++;
        }
        if (lineEnd == end) {
            keep(part, at, end);
            line = unfinished;
            to = -1;
            return end;
        }
        if (unfinishedLength == 0) {
            set(part, at, lineEnd);
        } else {
            keep(part, at, lineEnd);
            set(unfinished, 0, unfinishedLength);
            unfinishedLength = 0;
        }
        return lineEnd + 1;
    }

    private void keep(byte[] part, int at, int end) {
        var length = unfinishedLength + end - at;
        if (length > unfinished.length) {
            unfinished = Arrays.copyOf(unfinished, Math.max(length, 2 * unfinished.length));
        }
        System.arraycopy(part, at, unfinished, unfinishedLength, end - at);
        unfinishedLength = length;
    }

    private void set(byte[] bytes, int start, int end) {
        line = bytes;
        from = start;
        to = end > start && bytes[end - 1] == '\r' ? end - 1 : end;
    }

    boolean isComplete() {
        return to >= 0;
    }

    /** What holds the complete line, from {@link #from} to {@link #to}, until the next reading. */
    byte[] line() {
        return line;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }
}
