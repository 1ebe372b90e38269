package dev.questline.query;

import dev.questline.event.UserError;
import java.io.Serializable;
import java.util.Iterator;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.spark.SparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction1;

/** A statement's rows in Arrow's format, to be sent once. Safe to be cancelled by another thread. */
public final class ArrowRows {
    private static final long LOOK_MILLIS = 100;

    private final Statement statement;
    private final Limits limits;
    private final long patienceMillis;
    private final ArrowColumns columns;
    private final Callable<Dataset<Row>> rows;
    private final JobGroup group;
    private final AtomicBoolean begun = new AtomicBoolean();

    /** Who takes the rows, at a pace of its own. */
    public interface Receiver {
        /**
         * Whether it takes more by then.
         *
         * @throws java.util.concurrent.CancellationException if it never will
         */
        boolean awaitReady(long millis) throws InterruptedException;

        /** Takes a batch: an Arrow stream of the schema and one record batch. */
        void take(byte[] batch) throws Exception;
    }

    ArrowRows(
            Statement statement,
            Limits limits,
            long patienceMillis,
            ArrowColumns columns,
            Callable<Dataset<Row>> rows) {
        this.statement = statement;
        this.limits = limits;
        this.patienceMillis = patienceMillis;
        this.columns = columns;
        this.rows = rows;
        this.group = JobGroup.of(context(), statement.script());
    }

    private SparkContext context() {
        return limits.spark().sparkContext();
    }

    public Schema schema() {
        return columns.schema();
    }

    /** Ends the sending, or sees to it that it ends as soon as it begins. */
    public void cancel() {
        group.cancel("cancelled");
    }

    /** Computes the rows and hands them over, all on the calling thread; throws a user error if the statement fails. */
    public void send(Receiver to) {
        if (!begun.compareAndSet(false, true)) {
            throw UserError.failed("the rows of this statement were asked for already");
        }
        group.join();
        try {
            limits.within(statement, () -> {
                sendAll(to);
                return to;
            });
        } finally {
            context().clearJobGroup();
        }
    }

    private void sendAll(Receiver to) throws Exception {
        var carried = (org.apache.spark.sql.classic.Dataset<Row>) columns.of(rows.call());
        if (!context().isLocal()) {
            send(new InArrow(columns).of(carried.queryExecution().toRdd()), to);
            return;
        }
        try (var batches = new StreamedBatches<>(() -> carried.queryExecution().toRdd(), columns)) {
            send(batches, to);
        }
    }

    private void send(Iterator<byte[]> batches, Receiver to) throws Exception {
        while (batches.hasNext()) {
            var batch = batches.next();
            await(to);
            to.take(batch);
        }
    }

    /** A reader that rests keeps a processor. It may, as long as nobody else wants it. */
    private void await(Receiver to) throws InterruptedException {
        var begin = System.nanoTime();
        while (!to.awaitReady(LOOK_MILLIS)) {
            var rested = (System.nanoTime() - begin) / 1_000_000;
            if (rested > patienceMillis && Waiting.forProcessors(context())) {
                throw Waiting.cancelled(patienceMillis);
            }
        }
    }

    /** For other masters: a partition at a time comes here. */
    static final class InArrow
            extends AbstractFunction1<scala.collection.Iterator<InternalRow>, scala.collection.Iterator<byte[]>>
            implements Serializable {
        private static final long serialVersionUID = 1;

        private final ArrowColumns columns;

        InArrow(ArrowColumns columns) {
            this.columns = columns;
        }

        Iterator<byte[]> of(RDD<InternalRow> rows) {
            var batches = rows.mapPartitions(this, false, ClassTag$.MODULE$.<byte[]>apply(byte[].class));
            return CollectionConverters.asJava(batches.toLocalIterator());
        }

        @Override
        public scala.collection.Iterator<byte[]> apply(scala.collection.Iterator<InternalRow> rows) {
            return CollectionConverters.asScala(columns.batches(rows));
        }
    }
}
