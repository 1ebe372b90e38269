package dev.questline.cli.load;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The length that each answer's body should have; ApacheBench counts one of another length as failed. It is that of the
 * first answer with 2xx, as a server that is busy at first has not shown the document yet; without any, of the first
 * answer. Thread-safe.
 */
final class DocumentLength {
    private static final long UNKNOWN = -1;

    private final AtomicLong known = new AtomicLong(UNKNOWN);

    /** How many answers had each length while it was not known, in the order of their coming. */
    private final Map<Long, Long> before = new LinkedHashMap<>();

    /** Takes an answer; false if its body's length is known to be another. */
    boolean isOf(boolean is2xx, long bodyBytes) {
        if (is2xx && known.get() == UNKNOWN) {
            known.compareAndSet(UNKNOWN, bodyBytes);
        }
        long length = known.get();
        if (length == UNKNOWN) {
            keep(bodyBytes);
        }
        return length == UNKNOWN || length == bodyBytes;
    }

    private synchronized void keep(long bodyBytes) {
        before.merge(bodyBytes, 1L, Long::sum);
    }

    /** Of those answers that came before it was known, how many had another length. To be asked when all have come. */
    synchronized long othersBefore() {
        return before.entrySet().stream()
                .filter(length -> length.getKey() != bytes())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** As far as is known; 0 without an answer. */
    synchronized long bytes() {
        return known.get() != UNKNOWN
                ? known.get()
                : before.keySet().stream().findFirst().orElse(0L);
    }

    /** Whether any answer has come. */
    synchronized boolean isSeen() {
        return known.get() != UNKNOWN || !before.isEmpty();
    }
}
