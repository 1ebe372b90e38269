package dev.questline.collect;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * What keeps clients that send slowly, or nothing, or read nothing, from holding what others need.
 *
 * @param idle a connection without a new request for so long is closed; longer than any request takes
 * @param body that a request's body may take
 * @param count connections open at once; one more closes that whose last request is the longest ago
 * @param heldBytes that what has come and is no request yet may take in memory, over all connections
 */
record ConnectionLimits(Duration idle, Duration body, int count, long heldBytes) {
    private static final int SHARE_HELD = 8;
    private static final int SHARE_IN_HANDSHAKE = 6;

    private static final int MOST = 20_000;

    /**
     * File descriptors for all else: the log's connections, a broker's files in the same process, and connections that
     * are accepted in a rush before the oldest are closed for them. When none is left, accepting pauses for a second.
     */
    private static final int RESERVE = 1_000;

    static final ConnectionLimits STANDARD = new ConnectionLimits(
            Duration.ofSeconds(60),
            Duration.ofSeconds(30),
            standardCount(),
            Runtime.getRuntime().maxMemory() / SHARE_HELD);

    /** Of the management's port, which few ask, and seldom: Prometheus and a load balancer, each by one or two. */
    static final ConnectionLimits MANAGEMENT =
            new ConnectionLimits(Duration.ofSeconds(60), Duration.ofSeconds(5), 64, 1 << 20);

    /** Those, besides, whose TLS handshake is under way. */
    int handshakes() {
        return Math.max(1, count / SHARE_IN_HANDSHAKE);
    }

    private static int standardCount() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? count(unix.getMaxFileDescriptorCount())
                : MOST;
    }

    /** Of few file descriptors half, of many all but a quarter. */
    static int count(long fileDescriptors) {
        var reserve = Math.max(RESERVE, fileDescriptors / 4);
        return (int) Math.min(MOST, Math.max(fileDescriptors / 2, fileDescriptors - reserve));
    }
}
