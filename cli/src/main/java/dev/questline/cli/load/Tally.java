package dev.questline.cli.load;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** What came of the requests: first of one event loop's, then of all. Not thread-safe. */
final class Tally {
    final Histogram connect = histogram();
    final Histogram processing = histogram();
    final Histogram waiting = histogram();
    final Histogram total = histogram();
    final NumberSet acknowledged = new NumberSet();
    long sent;
    long complete;
    long connectErrors;
    long receiveErrors;
    long lengthErrors;
    long timeouts;
    long non2xx;
    long retried;
    long keptAlive;
    long bytes;
    long bodyBytes;
    long bytesSent;
    long lastNumber = -1;
    long lastLagNanos;

    @Nullable
    String server;

    /** A request leaves the line, so much later than it should. */
    void started(long number, long lagNanos) {
        lastNumber = number;
        lastLagNanos = lagNanos;
    }

    void answered(long number, AnswerReader answer) {
        complete++;
        bytes += answer.bytes();
        bodyBytes += answer.bodyBytes();
        if (answer.head().is2xx()) {
            acknowledged.add(number);
        } else {
            non2xx++;
        }
        if (server == null) {
            server = answer.head().server();
        }
    }

    /** An answer that is not the request's last. */
    void answeredInVain(AnswerReader answer) {
        bytes += answer.bytes();
        bodyBytes += answer.bodyBytes();
    }

    /** What the answered one took, in nanoseconds. */
    void took(long connecting, long untilFirstByte, long untilLastByte, long inAll) {
        record(connect, connecting);
        record(waiting, untilFirstByte);
        record(processing, untilLastByte);
        record(total, inAll);
    }

    void notSent(long waitedNanos) {
        record(total, waitedNanos);
    }

    void add(Tally other) {
        connect.add(other.connect);
        processing.add(other.processing);
        waiting.add(other.waiting);
        total.add(other.total);
        acknowledged.addAll(other.acknowledged);
        sent += other.sent;
        complete += other.complete;
        connectErrors += other.connectErrors;
        receiveErrors += other.receiveErrors;
        lengthErrors += other.lengthErrors;
        timeouts += other.timeouts;
        non2xx += other.non2xx;
        retried += other.retried;
        keptAlive += other.keptAlive;
        bytes += other.bytes;
        bodyBytes += other.bodyBytes;
        bytesSent += other.bytesSent;
        server = server == null || server.isEmpty() ? other.server : server;
        if (other.lastNumber > lastNumber) {
            started(other.lastNumber, other.lastLagNanos);
        }
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
