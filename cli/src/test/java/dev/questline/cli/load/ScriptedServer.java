package dev.questline.cli.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** An HTTP server that answers each request as a test says, in these very bytes. */
public final class ScriptedServer implements AutoCloseable {
    /** As an answer: the connection is closed without one. */
    public static final String BREAK_OFF = "";

    private final ServerSocket server;
    private final UnaryOperator<String> script;
    private final Queue<Socket> connections = new ConcurrentLinkedQueue<>();
    private final AtomicInteger connectionCount = new AtomicInteger();
    private volatile boolean closed;

    /** {@code script} makes an answer of a request's head, in a thread for each connection. */
    public static ScriptedServer start(UnaryOperator<String> script) throws IOException {
        return start(0, script);
    }

    static ScriptedServer start(int port, UnaryOperator<String> script) throws IOException {
        var server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
        return new ScriptedServer(server, script);
    }

    private ScriptedServer(ServerSocket server, UnaryOperator<String> script) {
        this.server = server;
        this.script = script;
        daemon(this::accept);
    }

    /** An answer of 200 that keeps the connection. */
    public static String ok() {
        return "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    }

    int port() {
        return server.getLocalPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port() + "/";
    }

    public int connectionCount() {
        return connectionCount.get();
    }

    private void accept() {
        try {
            while (true) {
                var connection = server.accept();
                connectionCount.incrementAndGet();
                connections.add(connection);
                if (closed) {
                    connection.close();
                }
                daemon(() -> serve(connection));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            var in = new BufferedReader(new InputStreamReader(connection.getInputStream(), ISO_8859_1));
            for (var head = head(in); !head.isEmpty(); head = head(in)) {
                var answer = script.apply(head);
                connection.getOutputStream().write(answer.getBytes(ISO_8859_1));
                if (answer.equals(BREAK_OFF) || answer.startsWith("HTTP/1.0")) {
                    return;
                }
            }
        } catch (IOException e) {
            // The client, or the test, has closed it.
        }
    }

    private static String head(BufferedReader in) throws IOException {
        var head = new StringBuilder();
        for (var line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            head.append(line).append('\n');
        }
        return head.toString();
    }

    private static void daemon(Runnable task) {
        var thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        server.close();
        for (var connection : connections) {
            connection.close();
        }
    }
}
