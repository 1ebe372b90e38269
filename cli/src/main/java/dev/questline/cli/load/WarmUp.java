package dev.questline.cli.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.questline.event.UserError;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A run against a server of its own, before a schedule begins. Without it the schedule's first requests would be late by
 * the time that this JVM takes to load and compile what sends them, and the server would get the blame.
 */
final class WarmUp {
    private static final int REQUESTS = 20_000;
    private static final int RATE = 100_000;
    private static final int CONNECTIONS = 4;
    private static final Duration LONGEST = Duration.ofSeconds(1);
    private static final byte[] ANSWER =
            "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n".getBytes(ISO_8859_1);

    private WarmUp() {}

    /** For what {@code plan} needs; of no effect where no server can be had. */
    static void run(LoadPlan plan) {
        try (var server = new ServerSocket(0, CONNECTIONS, InetAddress.getLoopbackAddress())) {
            daemon(() -> accept(server));
            var load = new LoadRun(plan(plan, server), new PrintStream(OutputStream.nullOutputStream()), true);
            load.sendAll();
        } catch (IOException | UserError e) {
            // Then the first requests are slower.
        }
    }

    private static LoadPlan plan(LoadPlan plan, ServerSocket server) {
        var host = server.getInetAddress().getHostAddress();
        return new LoadPlan(
                URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + server.getLocalPort()),
                "GET",
                plan.headers(),
                new byte[0],
                REQUESTS,
                CONNECTIONS,
                true,
                OptionalDouble.of(RATE),
                Optional.of(LONGEST),
                plan.timeout(),
                0,
                plan.threads(),
                plan.run(),
                false);
    }

    private static void accept(ServerSocket server) {
        try {
            while (true) {
                var connection = server.accept();
                daemon(() -> answer(connection));
            }
        } catch (IOException e) {
            // The end of it.
        }
    }

    private static void answer(Socket connection) {
        var request = new byte[1 << 16];
        try (connection) {
            connection.setTcpNoDelay(true);
            int length = connection.getInputStream().read(request);
            while (length > 0) {
                if (request[length - 1] == '\n') {
                    connection.getOutputStream().write(ANSWER);
                }
                length = connection.getInputStream().read(request);
            }
        } catch (IOException e) {
            // The end of it.
        }
    }

    private static void daemon(Runnable task) {
        var thread = new Thread(task, "warm-up");
        thread.setDaemon(true);
        thread.start();
    }
}
