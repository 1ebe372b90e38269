package dev.questline.collect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A client that sends just the bytes it is told to. */
final class RawClient implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    RawClient(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(10_000);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** A server that has refused already may close meanwhile: what it said is still there to be read. */
    RawClient send(String bytes) throws IOException {
        try {
            socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
        } catch (SocketException closed) {
            if (in.available() == 0) {
                throw closed;
            }
        }
        return this;
    }

    /** Shuts the sending side: there will be no more, and the answers are awaited. */
    RawClient endInput() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Goes away as a crashed client does. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** All answers until the server closes. */
    List<Answer> answers() throws IOException {
        return Answers.of(in.readAllBytes());
    }

    /** All that comes until the server closes. */
    String text() throws IOException {
        return new String(in.readAllBytes(), ISO_8859_1);
    }

    /** Reads one answer with a Content-Length. */
    Answer answer() throws IOException {
        return answer(true);
    }

    Answer answerToHead() throws IOException {
        return answer(false);
    }

    private Answer answer(boolean withBody) throws IOException {
        var statusLine = line();
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (var line = line(); !line.isEmpty(); line = line()) {
            var colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).trim());
        }
        var length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        var body = withBody ? new String(in.readNBytes(length), ISO_8859_1) : "";
        return new Answer(statusLine, headers, body);
    }

    /** Whether the server has closed the connection, with nothing more sent. */
    boolean isAtEnd() throws IOException {
        return in.read() == -1;
    }

    /** Whether the server has closed the connection already. */
    boolean isClosedByNow() throws IOException {
        socket.setSoTimeout(1);
        in.mark(1);
        try {
            return in.read() == -1;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } finally {
            in.reset();
            socket.setSoTimeout(10_000);
        }
    }

    /** Whether a byte is there within the time. */
    boolean hasByteWithin(int millis) throws IOException {
        socket.setSoTimeout(millis);
        in.mark(1);
        try {
            return in.read() >= 0;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } finally {
            in.reset();
            socket.setSoTimeout(10_000);
        }
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c == -1) {
                throw new IOException("the connection ended in '" + line.toString(ISO_8859_1) + "'");
            }
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    record Answer(String statusLine, Map<String, String> headers, String body) {
        int status() {
            return Integer.parseInt(statusLine.split(" ")[1]);
        }
    }
}
