package dev.questline.collect;

import dev.questline.event.Settings;
import java.io.OutputStream;

/**
 * What was asked and answered, in the Common Log Format: {@code 127.0.0.1 - - [22/Nov/2026:17:19:46 +0000]
 * "GET /purchase_a_sword HTTP/1.0" 200 17}. Times are in UTC.
 *
 * <p>A line holds the path without its query: the collector does nothing with a query, while people put tokens and
 * personal data into theirs, which must not reach a log file. No header is in it, for the same reason.
 */
public abstract sealed class AccessLog implements AutoCloseable {
    private AccessLog() {}

    /** Writes lines to {@code out} from a thread of its own. Closing flushes {@code out} and leaves it open. */
    public static AccessLog to(OutputStream out) {
        return new Written(new AccessLogWriter(out));
    }

    /** As the settings have it: to {@code out}, or none. */
    public static AccessLog of(Settings.Collector settings, OutputStream out) {
        return settings.accessLog() ? to(out) : off();
    }

    /** Writes nothing. */
    public static AccessLog off() {
        return new Off();
    }

    /** Adds a line without blocking. */
    abstract void add(AccessLine line);

    /** Returns when all lines added before are written. */
    @Override
    public abstract void close();

    private static final class Written extends AccessLog {
        private final AccessLogWriter writer;

        Written(AccessLogWriter writer) {
            this.writer = writer;
        }

        @Override
        void add(AccessLine line) {
            writer.add(line);
        }

        @Override
        public void close() {
            writer.close();
        }
    }

    private static final class Off extends AccessLog {
        @Override
        void add(AccessLine line) {}

        @Override
        public void close() {}
    }
}
