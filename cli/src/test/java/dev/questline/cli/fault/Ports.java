package dev.questline.cli.fault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers that go away and come back: below the range from which systems give ports to outgoing connections,
 * as a client that tries again and again would at last get the very port it tries, and be connected to itself.
 */
final class Ports {
    private Ports() {}

    static int anyFree() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // another one
            }
        }
    }
}
