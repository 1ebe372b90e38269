package dev.questline.query;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;
import org.jspecify.annotations.Nullable;

/**
 * Watches a statement while it runs on the calling thread: cancels its jobs when it takes too long, or when the process
 * has hardly any memory left, as the next thing would be its death.
 */
final class Guard implements AutoCloseable {
    private static final int LOOK_MILLIS = 100;
    private static final double FULL = 0.85;
    private static final ScheduledExecutorService WATCH = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "statement-guard");
        thread.setDaemon(true);
        return thread;
    });

    private final Duration timeout;
    private final JobGroup group;
    private final boolean isGroupOwn;
    private final long begun = System.nanoTime();
    private final Future<?> watching;
    private volatile @Nullable String reason;

    /** @param timeout zero for as long as it takes */
    Guard(SparkContext spark, Duration timeout) {
        this.timeout = timeout;
        var ofThread = JobGroup.ofThread(spark);
        this.isGroupOwn = ofThread.isEmpty();
        this.group = ofThread.orElseGet(() -> JobGroup.of(spark, "a statement"));
        if (isGroupOwn) {
            group.join();
        }
        watching = WATCH.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        if (reason != null) {
            return;
        }
        if (!timeout.isZero() && System.nanoTime() - begun > timeout.toNanos()) {
            cancel("cancelled: it took longer than " + text(timeout) + " (--timeout, or the setting sql.timeout)");
        } else if (isMemoryFull()) {
            cancel("cancelled: Spark's memory is full (the setting spark.memory, now "
                    + (Runtime.getRuntime().maxMemory() >> 20) + " MB)");
        }
    }

    private void cancel(String why) {
        reason = why;
        group.cancel(why);
    }

    /** Why the statement was cancelled, if it was. */
    Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    private static String text(Duration time) {
        return time.toSeconds() % 60 == 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
    }

    /** What was full at the last collection may be of a statement that has been cancelled since: so a second one decides. */
    private static boolean isMemoryFull() {
        if (isFull()) {
            System.gc();
        }
        return isFull();
    }

    /** By what the last whole collection has left standing. */
    private static boolean isFull() {
        return heap().map(pool -> pool.getCollectionUsage().getUsed()
                        > FULL * pool.getCollectionUsage().getMax())
                .orElse(false);
    }

    /** Where what lives long is; of a young generation, which may be larger, no threshold of usage makes sense. */
    private static Optional<MemoryPoolMXBean> heap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null)
                .filter(MemoryPoolMXBean::isUsageThresholdSupported)
                .findFirst();
    }

    @Override
    public void close() {
        watching.cancel(false);
        if (isGroupOwn) {
            group.leave();
        }
    }
}
