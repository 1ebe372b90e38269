package dev.questline.bench.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/** Free ports of the loopback address, below those the system gives a client's connections: of these wrk takes many. */
final class Port {
    private static final int FIRST = 20_000;
    private static final int LAST = 29_999;
    private static final AtomicInteger NEXT =
            new AtomicInteger(FIRST + (int) (ProcessHandle.current().pid() % 9_000));

    private Port() {}

    static int anyFree() throws IOException {
        for (var tried = FIRST; tried <= LAST; tried++) {
            var port = NEXT.getAndUpdate(last -> last == LAST ? FIRST : last + 1);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IOException("no port between " + FIRST + " and " + LAST + " is free");
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
