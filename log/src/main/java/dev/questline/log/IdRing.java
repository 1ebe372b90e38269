package dev.questline.log;

import java.util.Arrays;

/**
 * Ids with where their events stand, in the order in which they came; full, it forgets the oldest. Forty-four bytes an
 * id at most, in arrays that grow as needed: objects would take four times that, and the garbage collector's time. Not
 * thread-safe.
 */
final class IdRing {
    static final int NONE = -1;
    private static final int SMALLEST = 64;

    private final int limit;
    private long[] high;
    private long[] low;
    private long[] offset;
    private int[] partition;
    private int[] type;
    private int[] second;
    /** Open addressing with linear probing, at most half full: an id's place in the ring and one, or zero. */
    private int[] slots;

    private int oldest;
    private int size;

    IdRing(int limit) {
        this.limit = limit;
        int capacity = Math.min(limit, SMALLEST);
        high = new long[capacity];
        low = new long[capacity];
        offset = new long[capacity];
        partition = new int[capacity];
        type = new int[capacity];
        second = new int[capacity];
        slots = new int[slotsFor(capacity)];
    }

    int size() {
        return size;
    }

    /** The place of an id, for the getters until the next change; or {@link #NONE}. */
    int find(IdHash id) {
        for (int slot = home(id.high()); slots[slot] != 0; slot = next(slot)) {
            int place = slots[slot] - 1;
            if (high[place] == id.high() && low[place] == id.low()) {
                return place;
            }
        }
        return NONE;
    }

    /** The place of the id that came first; there must be one. */
    int oldest() {
        return oldest;
    }

    KnownId at(int place) {
        return new KnownId(type[place], partition[place], offset[place]);
    }

    int secondAt(int place) {
        return second[place];
    }

    /** Takes an id that is not in it. */
    void add(IdHash id, KnownId known, int atSecond) {
        if (size == limit) {
            removeOldest();
        } else if (size == high.length) {
            grow();
        }
        int place = (oldest + size) % high.length;
        high[place] = id.high();
        low[place] = id.low();
        offset[place] = known.offset();
        partition[place] = known.partition();
        type[place] = known.type();
        second[place] = atSecond;
        size++;
        enter(place);
    }

    void removeOldest() {
        int slot = home(high[oldest]);
        while (slots[slot] - 1 != oldest) {
            slot = next(slot);
        }
        vacate(slot);
        oldest = (oldest + 1) % high.length;
        size--;
    }

    private void enter(int place) {
        int slot = home(high[place]);
        while (slots[slot] != 0) {
            slot = next(slot);
        }
        slots[slot] = place + 1;
    }

    /** Moves up those that had to make way, so that no search ends before them. */
    private void vacate(int vacated) {
        int gap = vacated;
        for (int slot = next(gap); slots[slot] != 0; slot = next(slot)) {
            int home = home(high[slots[slot] - 1]);
            if (((slot - home) & (slots.length - 1)) >= ((slot - gap) & (slots.length - 1))) {
                slots[gap] = slots[slot];
                gap = slot;
            }
        }
        slots[gap] = 0;
    }

    private void grow() {
        int capacity = Math.min(limit, 2 * high.length);
        high = unrolled(high, capacity);
        low = unrolled(low, capacity);
        offset = unrolled(offset, capacity);
        partition = unrolled(partition, capacity);
        type = unrolled(type, capacity);
        second = unrolled(second, capacity);
        oldest = 0;
        slots = new int[slotsFor(capacity)];
        for (int place = 0; place < size; place++) {
            enter(place);
        }
    }

    private long[] unrolled(long[] ring, int capacity) {
        var larger = Arrays.copyOfRange(ring, oldest, oldest + capacity);
        System.arraycopy(ring, 0, larger, ring.length - oldest, oldest);
        return larger;
    }

    private int[] unrolled(int[] ring, int capacity) {
        var larger = Arrays.copyOfRange(ring, oldest, oldest + capacity);
        System.arraycopy(ring, 0, larger, ring.length - oldest, oldest);
        return larger;
    }

    private int home(long hash) {
        return (int) hash & (slots.length - 1);
    }

    private int next(int slot) {
        return (slot + 1) & (slots.length - 1);
    }

    private static int slotsFor(int capacity) {
        return Integer.highestOneBit(2 * capacity - 1) << 1;
    }
}
