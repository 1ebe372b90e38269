package dev.questline.query;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction1;

/**
 * A result's rows of texts while they are made. Spark's own iterator takes a partition at a time into memory, whatever
 * its size; here a task waits while a few batches of its rows are unread. Partition by partition, so that the order holds
 * and a slow reader keeps one core. For tasks that run in this process, as they do on a local master.
 */
final class StreamedRows implements Iterator<Row>, AutoCloseable {
    private static final int BATCH_ROWS = 1_000;
    private static final long BATCH_CHARS = 1 << 18;
    private static final int BATCHES = 4;
    private static final int LOOK_MILLIS = 100;

    /** By which a task finds its reader: a task is serialized on its way, in the same process too. */
    private static final Map<String, StreamedRows> OPEN = new ConcurrentHashMap<>();

    private final String id = UUID.randomUUID().toString();
    private final BlockingQueue<Batch> batches = new ArrayBlockingQueue<>(BATCHES);
    private Batch current = new Batch(List.of(), null, false);
    private int next;

    StreamedRows(Dataset<Row> rows) {
        OPEN.put(id, this);
        // It inherits the job group, by which a caller that goes cancels it.
        var maker = new Thread(() -> make(rows), "rows-of-a-result");
        maker.setDaemon(true);
        maker.start();
    }

    private void make(Dataset<Row> rows) {
        try {
            var rdd = rows.rdd();
            for (int partition = 0; partition < rdd.getNumPartitions() && isOpen(); partition++) {
                run(rdd, partition);
            }
            put(new Batch(List.of(), null, true));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            putQuietly(new Batch(List.of(), e, true));
        }
    }

    private void run(RDD<Row> rdd, int partition) {
        Seq<Object> one =
                CollectionConverters.asScala(List.<Object>of(partition)).toSeq();
        rdd.context().runJob(rdd, new Send(id), one, ClassTag$.MODULE$.Any());
    }

    private boolean isOpen() {
        return OPEN.containsKey(id);
    }

    /** Waits for room; gives up once nobody reads any more. */
    private void put(Batch batch) throws InterruptedException {
        var taken = false;
        while (!taken && isOpen()) {
            taken = batches.offer(batch, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void putQuietly(Batch batch) {
        try {
            put(batch);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean hasNext() {
        while (next == current.rows().size() && !current.isLast()) {
            current = take();
            next = 0;
            current.check();
        }
        return next < current.rows().size();
    }

    private Batch take() {
        try {
            return batches.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return current.rows().get(next++);
    }

    /** The tasks end at their next batch. */
    @Override
    public void close() {
        OPEN.remove(id);
    }

    private record Batch(List<Row> rows, @Nullable Throwable failure, boolean isLast) {
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
    private static final class Send extends AbstractFunction1<scala.collection.Iterator<Row>, Object>
            implements Serializable {
        private static final long serialVersionUID = 1;

        private final String reader;

        Send(String reader) {
            this.reader = reader;
        }

        @Override
        public Object apply(scala.collection.Iterator<Row> rows) {
            var to = OPEN.get(reader);
            try {
                while (to != null && to.isOpen() && rows.hasNext()) {
                    to.put(new Batch(batch(rows), null, false));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // Spark sees by it that the task was to end.
            }
            return 0;
        }

        private static List<Row> batch(scala.collection.Iterator<Row> rows) {
            var batch = new ArrayList<Row>();
            long chars = 0;
            while (batch.size() < BATCH_ROWS && chars < BATCH_CHARS && rows.hasNext()) {
                var row = rows.next();
                batch.add(row);
                chars += chars(row);
            }
            return batch;
        }

        private static long chars(Row row) {
            long chars = 0;
            for (int i = 0; i < row.size(); i++) {
                chars += row.isNullAt(i) ? 0 : row.getString(i).length();
            }
            return chars;
        }
    }
}
