package dev.questline.query;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;

/**
 * How an answer travels: frames of one byte for the channel, four for the length (big-endian), and the payload. The
 * last frame is on channel {@link #EXIT} and holds the exit code in four bytes. An empty frame says "still here".
 */
final class Frames {
    static final int EXIT = 0;
    static final int OUT = 1;
    static final int ERR = 2;

    private static final int LONGEST = 1 << 24;

    private Frames() {}

    /** Writes one frame. */
    static void write(OutputStream to, int channel, byte[] bytes, int from, int length) throws IOException {
        to.write(ByteBuffer.allocate(5).put((byte) channel).putInt(length).array());
        to.write(bytes, from, length);
    }

    /** Writes the last frame. */
    static void writeExit(OutputStream to, int code) throws IOException {
        write(to, EXIT, ByteBuffer.allocate(4).putInt(code).array(), 0, 4);
    }

    /**
     * Copies an answer to where it belongs, as it comes, and gives its exit code. Once nobody takes the results any more it
     * gives 0 and leaves the rest unread: what nobody reads need not be made.
     */
    static int copy(InputStream answer, PrintStream out, PrintStream err) throws IOException {
        var frames = new DataInputStream(answer);
        while (true) {
            var channel = frames.readUnsignedByte();
            var payload = new byte[length(frames)];
            frames.readFully(payload);
            if (channel == EXIT) {
                return ByteBuffer.wrap(payload).getInt();
            }
            var target = channel == OUT ? out : err;
            target.write(payload, 0, payload.length);
            target.flush();
            if (channel == OUT && out.checkError()) {
                return 0;
            }
        }
    }

    private static int length(DataInputStream frames) throws IOException {
        var length = frames.readInt();
        if (length < 0 || length > LONGEST) {
            throw new IOException("a frame of " + length + " bytes");
        }
        return length;
    }
}
