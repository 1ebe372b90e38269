package dev.questline.collect;

import java.time.Duration;

/**
 * What keeps one collector's memory and one client's wait bounded.
 *
 * @param inFlight requests that may wait for the log at once; each holds some kilobytes
 * @param bytesInFlight what their events may hold in all; below the producer's buffer, which holds batches half full
 * @param headBytesInFlight what the heads of those and of other requests that wait may take in memory
 * @param deadline after which a request is answered whatever the log does; above the log's own deadline, which it backs
 * @param bodyBytes the longest body read
 * @param drain what closing waits for requests in flight
 * @param linger between an answer that ends a connection and its close, so that the client gets to read it
 * @param secondLook after which a route that is not in the catalog is looked up once more
 * @param connections of the clients that send events
 * @param management connections to the management's port
 */
record Limits(
        int inFlight,
        long bytesInFlight,
        long headBytesInFlight,
        Duration deadline,
        int bodyBytes,
        Duration drain,
        Duration linger,
        Duration secondLook,
        ConnectionLimits connections,
        ConnectionLimits management) {
    private static final int SHARE_OF_HEADS = 8;

    static final Limits STANDARD = new Limits(
            20_000,
            16L << 20,
            Runtime.getRuntime().maxMemory() / SHARE_OF_HEADS,
            Duration.ofSeconds(6),
            1 << 20,
            Duration.ofSeconds(3),
            Duration.ofSeconds(1),
            LiveCatalog.IN_FORCE_WITHIN,
            ConnectionLimits.STANDARD,
            ConnectionLimits.MANAGEMENT);

    /** The longest client id: room for any UUID, ULID or hash with a prefix. */
    static final int CLIENT_ID_CHARACTERS = 200;

    static final int HEADER_BYTES = 32 * 1024;
    static final int REQUEST_LINE_BYTES = 8 * 1024;

    /** Lines of one name are joined, which would take the square of their number. */
    static final int HEADER_LINES = 200;
}
