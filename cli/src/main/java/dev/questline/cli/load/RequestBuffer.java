package dev.questline.cli.load;

import java.nio.ByteBuffer;

/**
 * A request, ready to be written, into which each one's number is patched. The digits end at a fixed place: what follows
 * them never moves, what stands before them only when there is a digit more or less.
 */
final class RequestBuffer {
    private static final int MOST_DIGITS = 19;

    private final byte[] head;
    private final boolean numbered;
    private final ByteBuffer buffer;
    private final int digitsEnd;
    private int digits;

    RequestBuffer(byte[] head, byte[] rest, boolean numbered) {
        this.head = head;
        this.numbered = numbered;
        this.digitsEnd = head.length + (numbered ? MOST_DIGITS : 0);
        this.buffer = ByteBuffer.allocateDirect(digitsEnd + rest.length);
        buffer.put(digitsEnd, rest);
        placeHead(numbered ? 1 : 0);
    }

    /** From its first byte to its last; valid until the next call. */
    ByteBuffer request(long number) {
        if (numbered) {
            patch(number);
        }
        return buffer.limit(buffer.capacity()).position(digitsEnd - digits - head.length);
    }

    private void patch(long number) {
        var count = count(number);
        if (count != digits) {
            placeHead(count);
        }
        long left = number;
        for (int i = 1; i <= count; i++) {
            buffer.put(digitsEnd - i, (byte) ('0' + left % 10));
            left /= 10;
        }
    }

    private void placeHead(int digitsBehind) {
        digits = digitsBehind;
        buffer.put(digitsEnd - digits - head.length, head);
    }

    private static int count(long number) {
        int count = 1;
        for (long left = number; left >= 10; left /= 10) {
            count++;
        }
        return count;
    }
}
