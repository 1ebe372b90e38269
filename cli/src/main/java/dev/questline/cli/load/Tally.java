package dev.questline.cli.load;

import java.util.BitSet;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** What came of the requests: first of one event loop's, then of all. Not thread-safe. */
final class Tally {
    final Histogram connect = histogram();
    final Histogram processing = histogram();
    final Histogram waiting = histogram();
    final Histogram total = histogram();
    final BitSet acknowledged = new BitSet();
    long sent;
    long complete;
    long connectErrors;
    long receiveErrors;
    long lengthErrors;
    long timeouts;
    long non2xx;
    long keptAlive;
    long bytes;
    long bodyBytes;
    long bytesSent;

    @Nullable
    String server;

    /** The times of one request, by {@link System#nanoTime}. */
    record Times(long start, long connected, long written, long firstByte, long end) {}

    void answered(long number, Answer answer, AnswerReader reader, Times times) {
        complete++;
        bytes += reader.bytes();
        bodyBytes += reader.bodyBytes();
        if (answer.is2xx()) {
            acknowledged.set(Math.toIntExact(number));
        } else {
            non2xx++;
        }
        if (server == null) {
            server = answer.server();
        }
        record(connect, times.connected() - times.start());
        record(processing, times.end() - times.connected());
        record(waiting, times.firstByte() - times.written());
        record(total, times.end() - times.start());
    }

    void add(Tally other) {
        connect.add(other.connect);
        processing.add(other.processing);
        waiting.add(other.waiting);
        total.add(other.total);
        acknowledged.or(other.acknowledged);
        sent += other.sent;
        complete += other.complete;
        connectErrors += other.connectErrors;
        receiveErrors += other.receiveErrors;
        lengthErrors += other.lengthErrors;
        timeouts += other.timeouts;
        non2xx += other.non2xx;
        keptAlive += other.keptAlive;
        bytes += other.bytes;
        bodyBytes += other.bodyBytes;
        bytesSent += other.bytesSent;
        server = server == null || server.isEmpty() ? other.server : server;
    }

    long failed() {
        return connectErrors + receiveErrors + lengthErrors + timeouts;
    }

    private static Histogram histogram() {
        var histogram = new Histogram(3);
        histogram.setAutoResize(true);
        return histogram;
    }

    private static void record(Histogram histogram, long nanos) {
        histogram.recordValue(Math.max(0, TimeUnit.NANOSECONDS.toMicros(nanos)));
    }
}
