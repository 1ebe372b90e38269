package dev.questline.query;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The answer to one request while it is being written, by the worker and by the one who watches it. Blocks while the
 * caller is slow to read; fails once the caller has gone.
 */
final class Answer {
    private static final int FRAME = 32 * 1024;

    private final OutputStream body;
    private int shownProgress;
    private boolean hasResults;

    Answer(OutputStream body) {
        this.body = body;
    }

    /** What is printed here becomes frames of a channel. */
    PrintStream stream(int channel) {
        var frames = new BufferedOutputStream(new Channel(channel), FRAME);
        return new PrintStream(frames, channel == Frames.ERR, StandardCharsets.UTF_8);
    }

    /** Says "still here"; throws if the caller has gone, which may take two calls to find out. */
    synchronized void beat() throws IOException {
        write(Frames.ERR, "");
        body.flush();
    }

    /** Writes a line over the one before; it vanishes when something else is said. */
    synchronized void progress(String line) throws IOException {
        if (!hasResults) {
            write(Frames.ERR, "\r" + line + " ".repeat(Math.max(0, shownProgress - line.length())));
            shownProgress = Math.max(shownProgress, line.length());
            body.flush();
        }
    }

    synchronized void exit(int code) throws IOException {
        clearProgress();
        Frames.writeExit(body, code);
        body.flush();
    }

    private synchronized void send(int channel, byte[] bytes, int from, int length) throws IOException {
        clearProgress();
        hasResults |= channel == Frames.OUT;
        Frames.write(body, channel, bytes, from, length);
        body.flush();
    }

    private void clearProgress() throws IOException {
        if (shownProgress > 0) {
            write(Frames.ERR, "\r" + " ".repeat(shownProgress) + "\r");
            shownProgress = 0;
        }
    }

    private void write(int channel, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        Frames.write(body, channel, bytes, 0, bytes.length);
    }

    private final class Channel extends OutputStream {
        private final int channel;

        Channel(int channel) {
            this.channel = channel;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            send(channel, bytes, from, length);
        }
    }
}
