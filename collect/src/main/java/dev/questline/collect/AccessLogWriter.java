package dev.questline.collect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Formats and writes lines on one background thread. Adding never waits: where the output stands still (a paused
 * terminal) the queue fills, further lines are left out, and the program's log says how many.
 */
final class AccessLogWriter {
    private static final Logger LOG = LoggerFactory.getLogger(AccessLogWriter.class);
    private static final int QUEUED_LINES = 65_536;
    private static final int BATCH_LINES = 1024;

    /** Closing waits as long as within this something is written. */
    private static final Duration LAST_WRITE = Duration.ofSeconds(1);

    /** The writer looks for lines this often instead of being woken by each: waking costs the event loops more. */
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final BlockingQueue<AccessLine> queue = new ArrayBlockingQueue<>(QUEUED_LINES);
    private final LongAdder leftOut = new LongAdder();
    private final AccessLineFormat format = new AccessLineFormat();
    private final OutputStream out;
    private final Thread thread;
    private volatile boolean closing;

    /** Of the writing thread. Made anew fifty times a second it was a twentieth of all that a busy collector allocates. */
    private final StringBuilder text = new StringBuilder(BATCH_LINES * 80);

    /** Lines since the output last took some. Of the writing thread. */
    private long unwritten;

    AccessLogWriter(OutputStream out) {
        this.out = out;
        this.thread = new Thread(this::run, "access-log");
        thread.setDaemon(true);
        thread.start();
    }

    void add(AccessLine line) {
        if (!queue.offer(line)) {
            leftOut.increment();
        }
    }

    void close() {
        closing = true;
        LockSupport.unpark(thread);
        try {
            int before;
            do {
                before = queue.size();
                thread.join(LAST_WRITE.toMillis());
            } while (thread.isAlive() && queue.size() < before);
            if (thread.isAlive()) {
                LOG.warn("access log: {} lines not written, its output stands still", queue.size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closing) {
            writeQueued();
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        writeQueued();
    }

    private void writeQueued() {
        var batch = new ArrayList<AccessLine>(BATCH_LINES);
        while (queue.drainTo(batch, BATCH_LINES) > 0) {
            write(batch);
            batch.clear();
        }
        var missing = leftOut.sumThenReset();
        if (missing > 0) {
            LOG.warn("access log: {} lines left out, its output was too slow", missing);
        }
    }

    /** What cannot be written is left out: a disk that is full now may have room again later. */
    private void write(List<AccessLine> batch) {
        text.setLength(0);
        batch.forEach(line -> format.append(line, text));
        try {
            out.write(text.toString().getBytes(ISO_8859_1));
            out.flush();
            if (unwritten > 0) {
                LOG.info("access log: is written again, after {} lines that were not", unwritten);
                unwritten = 0;
            }
        } catch (IOException e) {
            if (unwritten == 0) {
                LOG.warn("access log: cannot be written: {}", e.toString());
            }
            unwritten += batch.size();
        }
    }
}
