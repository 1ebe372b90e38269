package dev.questline.collect;

import dev.questline.event.Catalog;
import dev.questline.event.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;

/** A collector on a free port with a log in memory. */
final class TestCollector implements AutoCloseable {
    final MemoryLog log = new MemoryLog();
    final int port;
    final int managementPort;
    private final Collector collector;

    TestCollector() {
        this(Limits.STANDARD, AccessLog.off());
    }

    TestCollector(Limits limits, AccessLog accessLog) {
        port = freePort();
        collector = Collector.start(
                Settings.Collector.at("127.0.0.1", port), () -> Catalog.BUILT_IN, log, accessLog, limits);
        managementPort = collector.managementPort();
    }

    static Limits limits(int inFlight, Duration deadline) {
        return new Limits(inFlight, 16L << 20, deadline, 1 << 20, Duration.ofSeconds(3), Duration.ofMillis(50));
    }

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    RawClient client() throws IOException {
        return new RawClient(port);
    }

    @Override
    public void close() {
        collector.close();
    }
}
