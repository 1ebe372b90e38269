package dev.questline.cli.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;

/**
 * What an HTTP server of the stack says to one GET, over a socket of its own: the JDK's clients cost a short-lived process
 * a tenth of a second and more.
 *
 * @param status of the answer
 * @param body without the line's end
 */
record HttpProbe(int status, String body) {
    private static final int LONGEST_ANSWER = 64 * 1024;
    private static final String STATUS_LINE = "HTTP/1\\.[01] [0-9]{3}.*";

    /** Throws if it does not answer, and that by HTTP; each of its steps may take up to the limit. */
    static HttpProbe of(URI url, Duration limit) throws IOException {
        try (var socket = new Socket()) {
            socket.setSoTimeout((int) limit.toMillis());
            socket.connect(new InetSocketAddress(url.getHost(), url.getPort()), (int) limit.toMillis());
            socket.getOutputStream()
                    .write(("GET " + url.getPath() + " HTTP/1.0\r\nHost: " + url.getAuthority() + "\r\n\r\n")
                            .getBytes(UTF_8));
            return parse(new String(socket.getInputStream().readNBytes(LONGEST_ANSWER), UTF_8));
        }
    }

    private static HttpProbe parse(String answer) throws IOException {
        var statusLine = answer.lines().findFirst().orElse("");
        int body = answer.indexOf("\r\n\r\n");
        if (!statusLine.matches(STATUS_LINE) || body < 0) {
            throw new IOException("the answer is not HTTP");
        }
        return new HttpProbe(
                Integer.parseInt(statusLine.substring(9, 12)),
                answer.substring(body).strip());
    }
}
