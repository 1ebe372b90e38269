package dev.questline.lake;

import java.io.Serializable;

/** Offsets of one partition, from {@code begin} to before {@code end}. */
record OffsetSpan(long begin, long end) implements Serializable {

    static OffsetSpan at(long offset) {
        return new OffsetSpan(offset, offset + 1);
    }

    /** The smallest span with both in it. */
    OffsetSpan union(OffsetSpan other) {
        return new OffsetSpan(Math.min(begin, other.begin), Math.max(end, other.end));
    }

    long size() {
        return end - begin;
    }
}
