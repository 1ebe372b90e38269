package dev.questline.cli.load;

import java.util.ArrayList;
import java.util.List;

/** Numbers from 0, a bit for each; as they come nearly in order, so for any count of them. Not thread-safe. */
final class NumberSet {
    private static final int CHUNK_BITS = 20;
    private static final int CHUNK_WORDS = 1 << (CHUNK_BITS - 6);
    private static final long[] EMPTY = {};

    private final List<long[]> chunks = new ArrayList<>();

    /** False if it was in it before. */
    boolean add(long number) {
        var chunk = chunk((int) (number >>> CHUNK_BITS));
        var word = word(number);
        var bit = 1L << number;
        var added = (chunk[word] & bit) == 0;
        chunk[word] |= bit;
        return added;
    }

    void addAll(NumberSet other) {
        for (int i = 0; i < other.chunks.size(); i++) {
            var from = other.chunks.get(i);
            if (from.length > 0) {
                var to = chunk(i);
                for (int word = 0; word < CHUNK_WORDS; word++) {
                    to[word] |= from[word];
                }
            }
        }
    }

    long size() {
        return countWithout(new NumberSet());
    }

    /** How many of these are not in the other set. */
    long countWithout(NumberSet other) {
        long count = 0;
        for (int i = 0; i < chunks.size(); i++) {
            var mine = chunks.get(i);
            var others = i < other.chunks.size() ? other.chunks.get(i) : EMPTY;
            for (int word = 0; word < mine.length; word++) {
                count += Long.bitCount(others.length == 0 ? mine[word] : mine[word] & ~others[word]);
            }
        }
        return count;
    }

    private long[] chunk(int index) {
        while (chunks.size() <= index) {
            chunks.add(EMPTY);
        }
        if (chunks.get(index).length == 0) {
            chunks.set(index, new long[CHUNK_WORDS]);
        }
        return chunks.get(index);
    }

    private static int word(long number) {
        return (int) (number >>> 6) & (CHUNK_WORDS - 1);
    }
}
