package dev.questline.query;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.rdd.RDD;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction1;

/**
 * A result in batches while they are made. Spark's own iterator takes a partition at a time into memory, whatever its
 * size; here a task waits while a few of its batches are unread. Partition by partition, so that the order holds and a
 * slow reader keeps one core. For tasks that run in this process, as they do on a local master.
 */
final class StreamedBatches<I, B> implements Iterator<B>, AutoCloseable {
    private static final int BATCHES = 4;
    private static final int LOOK_MILLIS = 100;

    /** By which a task finds its reader: a task is serialized on its way, in the same process too. */
    private static final Map<String, StreamedBatches<?, ?>> OPEN = new ConcurrentHashMap<>();

    private final String id = UUID.randomUUID().toString();
    private final BlockingQueue<Part<B>> parts = new ArrayBlockingQueue<>(BATCHES);
    private final Batching<I, B> batching;
    private final long patienceMillis;
    private volatile boolean hasRested;
    private @Nullable B next;
    private boolean ended;

    /** How a task makes batches of what it computes. */
    interface Batching<I, B> extends Serializable {
        Iterator<B> batches(scala.collection.Iterator<I> items);
    }

    /** @param result asked for on another thread, as it may run jobs of its own */
    StreamedBatches(Supplier<RDD<I>> result, Batching<I, B> batching) {
        this(result, batching, Long.MAX_VALUE);
    }

    /** @param patienceMillis how long nothing need be read while something else waits for the processor that this holds */
    StreamedBatches(Supplier<RDD<I>> result, Batching<I, B> batching, long patienceMillis) {
        this.batching = batching;
        this.patienceMillis = patienceMillis;
        OPEN.put(id, this);
        // It inherits the job group, by which a caller that goes cancels it.
        var maker = new Thread(() -> make(result), "rows-of-a-result");
        maker.setDaemon(true);
        maker.start();
    }

    private void make(Supplier<RDD<I>> result) {
        try {
            var rdd = result.get();
            for (int partition = 0; partition < rdd.getNumPartitions() && isWanted(); partition++) {
                run(rdd, partition);
            }
            put(new Part<>(null, hasRested ? Waiting.cancelled(patienceMillis) : null));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            putQuietly(new Part<>(null, e));
        }
    }

    private void run(RDD<I> rdd, int partition) {
        Seq<Object> one =
                CollectionConverters.asScala(List.<Object>of(partition)).toSeq();
        rdd.context().runJob(rdd, new Send<>(id, batching), one, ClassTag$.MODULE$.Any());
    }

    private boolean isOpen() {
        return OPEN.containsKey(id);
    }

    private boolean isWanted() {
        return isOpen() && !hasRested;
    }

    /** Waits for room; gives up once nobody reads any more. */
    private void put(Part<B> part) throws InterruptedException {
        while (isOpen() && !parts.offer(part, LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            // Looks again.
        }
    }

    /** The same on a processor that others may want. */
    private void putFromTask(Part<B> part) throws InterruptedException {
        var begun = System.nanoTime();
        while (isWanted() && !parts.offer(part, LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            var rested = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
            hasRested = rested > patienceMillis && Waiting.forProcessors(SparkContext.getOrCreate());
        }
    }

    private void putQuietly(Part<B> part) {
        try {
            put(part);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean hasNext() {
        if (next == null && !ended) {
            var part = take();
            next = part.batch();
            ended = next == null;
            part.check();
        }
        return next != null;
    }

    private Part<B> take() {
        try {
            return parts.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public B next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException();
        }
        var batch = next;
        next = null;
        return batch;
    }

    /** The tasks end at their next batch. */
    @Override
    public void close() {
        OPEN.remove(id);
    }

    /** Without a batch it is the last. */
    private record Part<B>(@Nullable B batch, @Nullable Throwable failure) {
        void check() {
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure != null) {
                throw Failure.unchecked(failure);
            }
        }
    }

    /** What a task does. */
    private static final class Send<I, B> extends AbstractFunction1<scala.collection.Iterator<I>, Object>
            implements Serializable {
        private static final long serialVersionUID = 1;

        private final String reader;
        private final Batching<I, B> batching;

        Send(String reader, Batching<I, B> batching) {
            this.reader = reader;
            this.batching = batching;
        }

        @Override
        @SuppressWarnings("unchecked") // It is the stream that made this task.
        public Object apply(scala.collection.Iterator<I> items) {
            var to = (StreamedBatches<I, B>) OPEN.get(reader);
            var batches = batching.batches(items);
            try {
                while (to != null && to.isWanted() && batches.hasNext()) {
                    to.putFromTask(new Part<>(batches.next(), null));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // Spark sees by it that the task was to end.
            }
            return 0;
        }
    }
}
