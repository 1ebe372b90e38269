package dev.questline.query.flight;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.flight.CallStatus;

/** A thread for each statement that sends its rows: as many as there may be, since most of them wait. */
final class StreamWorkers implements AutoCloseable {
    private static final int MOST = 64;

    private final AtomicInteger count = new AtomicInteger();
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(0, MOST, 60, TimeUnit.SECONDS, new SynchronousQueue<>(), this::thread);

    private Thread thread(Runnable work) {
        var thread = new Thread(work, "flight-rows-" + count.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    void run(Runnable work) {
        try {
            threads.execute(work);
        } catch (RejectedExecutionException e) {
            throw CallStatus.RESOURCE_EXHAUSTED
                    .withDescription("there are " + MOST + " statements whose rows are being read already")
                    .toRuntimeException();
        }
    }

    /** What waits for its reader ends. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
