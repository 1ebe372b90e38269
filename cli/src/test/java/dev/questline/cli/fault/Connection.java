package dev.questline.cli.fault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One connection to the collector, a request at a time. */
final class Connection implements Closeable {
    /** Twice the time within which the collector promises an answer. */
    private static final int ANSWER_MILLIS = 12_000;

    private final Socket socket = new Socket();
    private final InputStream in;

    Connection(int port) throws IOException {
        try {
            socket.connect(new InetSocketAddress("127.0.0.1", port), ANSWER_MILLIS);
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** An answer's head; its body is read and dropped. */
    record Answer(int status, Map<String, String> headers) {
        Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
        }
    }

    Answer ask(String path, Optional<String> clientId) throws IOException {
        var head = "GET " + path + " HTTP/1.1\r\nHost: user1.comcast.com\r\n"
                + clientId.map(id -> "Idempotency-Key: " + id + "\r\n").orElse("") + "\r\n";
        socket.getOutputStream().write(head.getBytes(ISO_8859_1));
        int status = Integer.parseInt(line().split(" ")[1]);
        var headers = new HashMap<String, String>();
        for (var line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).trim());
        }
        in.skipNBytes(Long.parseLong(headers.getOrDefault("content-length", "0")));
        return new Answer(status, headers);
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream(64);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the connection ended");
            }
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(ISO_8859_1);
    }

    @Override
    public String toString() {
        return socket.getLocalPort() + " to " + socket.getPort();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
