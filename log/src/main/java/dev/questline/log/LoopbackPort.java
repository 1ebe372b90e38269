package dev.questline.log;

import dev.questline.event.UserError;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of this machine's loopback address. */
public final class LoopbackPort {
    private static final int FIRST = 20_000;
    private static final int LAST = 32_000;
    private static final int TRIES = 100;
    private static final int CONNECT_MILLIS = 200;

    private static final byte[] IPV4 = {127, 0, 0, 1};
    private static final byte[] IPV6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private LoopbackPort() {}

    /** Throws, naming the setting, unless a server could listen on the port and clients of localhost would reach it. */
    static void requireFree(int port, String setting, String variable) {
        if (!isFree(port) || answersOnIpv6(port)) {
            throw UserError.failed("port " + port + " is taken or not allowed; stop what uses it or choose another: "
                    + setting + " in questline.yaml, " + variable + ", or --set " + setting + "=…");
        }
    }

    /**
     * One that nobody listens on now, for a server that is about to: below the range of outgoing connections, of which one
     * might otherwise take it meanwhile, or try it until it is connected to itself.
     */
    public static int anyFree() {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            if (isFree(port)) {
                return port;
            }
        }
        throw UserError.failed("no free port between " + FIRST + " and " + LAST + " on 127.0.0.1");
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getByAddress(IPV4))) {
            return socket.isBound();
        } catch (BindException e) {
            return false;
        } catch (IOException e) {
            throw UserError.failed("cannot listen on 127.0.0.1:" + port + ": " + e.getMessage(), e);
        }
    }

    /** A server there would get the clients that take localhost for ::1. */
    private static boolean answersOnIpv6(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByAddress(IPV6), port), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false; // refused, or no IPv6 here
        }
    }
}
