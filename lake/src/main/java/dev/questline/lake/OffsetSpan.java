package dev.questline.lake;

import java.io.Serializable;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Offsets of one partition, from {@code begin} to before {@code end}. */
record OffsetSpan(long begin, long end) implements Serializable {

    static OffsetSpan at(long offset) {
        return new OffsetSpan(offset, offset + 1);
    }

    /** The smallest span with both in it. */
    OffsetSpan union(OffsetSpan other) {
        return new OffsetSpan(Math.min(begin, other.begin), Math.max(end, other.end));
    }

    /** The span in pieces of at most {@code length}, in order. */
    Stream<OffsetSpan> slices(long length) {
        return LongStream.iterate(begin, from -> from < end, from -> from + length)
                .mapToObj(from -> new OffsetSpan(from, Math.min(end, from + length)));
    }

    long size() {
        return end - begin;
    }
}
