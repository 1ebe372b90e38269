package dev.questline.query;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
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

    private final SparkContext spark;
    private final Duration timeout;
    private final String group;
    private final long begun = System.nanoTime();
    private final Future<?> watching;
    private volatile @Nullable String reason;

    /** @param timeout zero for as long as it takes */
    Guard(SparkContext spark, Duration timeout) {
        this.spark = spark;
        this.timeout = timeout;
        this.group = groupOfThread(spark);
        watching = WATCH.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static String groupOfThread(SparkContext spark) {
        var group = spark.getLocalProperty("spark.jobGroup.id");
        if (group == null) {
            group = UUID.randomUUID().toString();
            spark.setJobGroup(group, "a statement", true);
        }
        return group;
    }

    private void look() {
        if (reason != null) {
            spark.cancelJobGroup(group, reason); // It may have been between two jobs.
        } else if (!timeout.isZero() && System.nanoTime() - begun > timeout.toNanos()) {
            cancel("cancelled: it took longer than " + text(timeout) + " (--timeout, or the setting sql.timeout)");
        } else if (isMemoryFull()) {
            cancel("cancelled: Spark's memory is full (the setting spark.memory, now "
                    + (Runtime.getRuntime().maxMemory() >> 20) + " MB)");
        }
    }

    private void cancel(String why) {
        reason = why;
        spark.cancelJobGroup(group, why);
    }

    /** Why the statement was cancelled, if it was. */
    Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    private static String text(Duration time) {
        return time.toSeconds() % 60 == 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
    }

    /** What a whole collection has left standing. */
    private static boolean isMemoryFull() {
        return heap().map(pool -> pool.getCollectionUsage().getUsed()
                        > FULL * pool.getCollectionUsage().getMax())
                .orElse(false);
    }

    private static Optional<MemoryPoolMXBean> heap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null)
                .max(Comparator.comparingLong(pool -> pool.getCollectionUsage().getMax()));
    }

    /** After a statement that filled the memory, the next one starts by what is free then. */
    @Override
    public void close() {
        watching.cancel(false);
        if (reason != null && isMemoryFull()) {
            System.gc();
        }
    }
}
