package dev.questline.collect;

/**
 * About how many bytes of memory a connection's request takes, by what has been read of it. Short header lines take many
 * times their bytes; long ones twice, as the decoder keeps the room in which it has put one together.
 */
final class RequestWeight {
    /** Room that a decoder may keep: connections are many. */
    private static final int SMALL_ROOM = 2 * 1024;

    /** A header line, besides its bytes. */
    private static final long LINE_BYTES = 150;

    /** What a byte becomes at most in trailers and chunk sizes, whose lines are not counted. */
    private static final long BODY_WEIGHT = 40;

    private int headBytes;
    private int headLines;
    private int bodyBytes;

    /** At least as much as the decoder has for a line, and keeps. */
    private int room;

    private boolean isOwed;

    void beginHead() {
        headBytes = 0;
        headLines = 0;
        isOwed = true;
    }

    /** @param lines those that the head now has in all */
    void readOfHead(int bytes, int lines) {
        headBytes += bytes;
        headLines = lines;
        room = Math.max(room, headBytes); // no line is longer
    }

    int headLines() {
        return headLines;
    }

    /** They make no part of the body yet. */
    void readOfBody(int bytes) {
        bodyBytes += bytes;
        room = Math.max(room, bodyBytes); // a trailer's line is put together there, too
    }

    void partOfBody() {
        bodyBytes = 0;
    }

    /** The request is there to its end; its head's weight stays known. */
    void end() {
        bodyBytes = 0;
        isOwed = false;
    }

    /**
     * Of what is no whole request yet. A head that is whole is among it while its body is owed: its client decides for how
     * long.
     *
     * @param undecoded bytes that were read and not looked at
     */
    long owed(int undecoded) {
        long owed = undecoded + (isOwed ? headBytes + headLines * LINE_BYTES : 0) + bodyBytes * BODY_WEIGHT;
        return owed == 0 ? 0 : owed + room;
    }

    /** Of the last head. */
    long ofHead() {
        return headBytes + headLines * LINE_BYTES + room;
    }

    /** The decoder keeps much for nothing, once no request is under way. */
    boolean isRoomLarge() {
        return room > SMALL_ROOM;
    }
}
