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
 */
record ConnectionLimits(Duration idle, Duration body, int count) {
    private static final int MOST = 20_000;

    /** The rest is for the log's own connections and, with a broker in the same process, its files. */
    private static final double SHARE_OF_FILE_DESCRIPTORS = 0.75;

    static final ConnectionLimits STANDARD =
            new ConnectionLimits(Duration.ofSeconds(60), Duration.ofSeconds(30), standardCount());

    private static int standardCount() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? (int) Math.min(MOST, unix.getMaxFileDescriptorCount() * SHARE_OF_FILE_DESCRIPTORS)
                : MOST;
    }
}
