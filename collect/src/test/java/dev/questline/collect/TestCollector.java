package dev.questline.collect;

import dev.questline.event.Catalog;
import dev.questline.event.Settings;
import dev.questline.log.LoopbackPort;
import java.io.IOException;
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
        port = LoopbackPort.anyFree();
        collector = Collector.start(
                Settings.Collector.at("127.0.0.1", port), () -> Catalog.BUILT_IN, log, accessLog, limits);
        managementPort = collector.managementPort();
    }

    static Limits limits(int inFlight, Duration deadline) {
        return limits(inFlight, deadline, ConnectionLimits.STANDARD);
    }

    static Limits limits(int inFlight, Duration deadline, ConnectionLimits connections) {
        return limits(inFlight, deadline, connections, ConnectionLimits.MANAGEMENT);
    }

    static Limits limits(int inFlight, Duration deadline, ConnectionLimits connections, ConnectionLimits management) {
        return new Limits(
                inFlight,
                16L << 20,
                64L << 20,
                deadline,
                1 << 20,
                Duration.ofSeconds(3),
                Duration.ofMillis(50),
                Duration.ofMillis(1),
                connections,
                management);
    }

    /** Answers of the collector to a request as it should be. */
    RawClient.Answer answer() throws IOException {
        try (var client = client().send("GET / HTTP/1.1\r\nHost: other\r\n\r\n")) {
            return client.answer();
        }
    }

    /** Open ones. */
    int connections() {
        return collector.connections();
    }

    long held() {
        return collector.held();
    }

    int inFlight() {
        return collector.inFlight();
    }

    RawClient client() throws IOException {
        return new RawClient(port);
    }

    @Override
    public void close() {
        collector.close();
    }
}
