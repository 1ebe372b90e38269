package dev.questline.query;

import dev.questline.event.UserError;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Asks a Spark process that serves. Needs no Spark itself. It speaks HTTP over a socket of its own: the JDK's clients
 * cost a short-lived process a tenth of a second and more, and neither can be broken off while another thread reads.
 */
public final class QueryClient {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int LONGEST_LINE = 8_192;

    /** The service beats each second; a silence this long is a death. */
    private static final int SILENCE_MILLIS = 30_000;

    private final Endpoint endpoint;
    private final Path log;
    private final String session;
    private final Socket socket = new Socket();
    private volatile boolean cancelled;

    /**
     * @param endpoint of the line the process printed
     * @param log the process's log file, which errors name
     */
    public QueryClient(Endpoint endpoint, Path log) {
        this(endpoint, log, "");
    }

    /** One whose statements see the views that others of the same session have defined. */
    public QueryClient(Endpoint endpoint, Path log, String session) {
        this.endpoint = endpoint;
        this.log = log;
        this.session = session;
    }

    /**
     * Runs {@code extract …} or {@code sql …} there and copies what it says as it comes; once for each client.
     *
     * @param folder where relative paths in the arguments start
     * @param width columns of the terminal, 0 without one
     * @param progress whether to show on {@code err} how far long statements are
     * @return the exit code; 0 once nothing can be written to {@code out} any more, where the work there ends too
     */
    public int run(List<String> arguments, Path folder, int width, boolean progress, PrintStream out, PrintStream err) {
        var request = new RunRequest(arguments, folder.toAbsolutePath(), width, progress, session);
        try (socket) {
            return answer(ask(request), out, err);
        } catch (IOException e) {
            throw broken("the Spark side at " + endpoint + " does not answer; see " + log, e);
        }
    }

    private int answer(InputStream answer, PrintStream out, PrintStream err) {
        try {
            return Frames.copy(answer, out, err);
        } catch (IOException e) {
            throw broken(
                    "the Spark side ended while answering: it was ended from outside, or the statement needs more memory"
                            + " than spark.memory; see " + log,
                    e);
        }
    }

    /** Breaks off what another thread is asking; the work there ends too. */
    public void cancel() {
        cancelled = true;
        try {
            socket.close();
        } catch (IOException e) {
            throw UserError.failed("cannot break off: " + e.getMessage(), e);
        }
    }

    private InputStream ask(RunRequest request) throws IOException {
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), endpoint.port()), CONNECT_MILLIS);
        socket.setSoTimeout(SILENCE_MILLIS);
        socket.getOutputStream().write(message(request));
        var answer = new BufferedInputStream(socket.getInputStream());
        var status = line(answer);
        for (var header = line(answer); !header.isEmpty(); header = line(answer)) {
            // Nothing in them matters: by HTTP/1.0 the body goes on to the connection's end.
        }
        if (!status.matches("HTTP/1\\.[01] 200 .*")) {
            var reason = new String(answer.readAllBytes(), StandardCharsets.UTF_8);
            throw UserError.failed(
                    "the Spark side at " + endpoint + " refuses: " + (reason.isEmpty() ? status : reason));
        }
        return answer;
    }

    private byte[] message(RunRequest request) throws IOException {
        var body = request.bytes();
        var head = "POST /run HTTP/1.0\r\nHost: localhost\r\nAuthorization: Bearer " + endpoint.token()
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n";
        var message = new ByteArrayOutputStream();
        message.write(head.getBytes(StandardCharsets.US_ASCII));
        message.write(body);
        return message.toByteArray();
    }

    private static String line(InputStream answer) throws IOException {
        var line = new StringBuilder();
        for (var c = answer.read(); c != '\n'; c = answer.read()) {
            if (c < 0 || line.length() == LONGEST_LINE) {
                throw new IOException("the answer is not HTTP");
            }
            line.append((char) c);
        }
        return line.toString().stripTrailing();
    }

    private UserError broken(String reason, IOException e) {
        return UserError.failed(cancelled ? "cancelled" : reason, e);
    }
}
