package dev.questline.query;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A result's rows of texts while they are made, a few batches of them in memory at a time. */
final class StreamedRows implements Iterator<Row>, AutoCloseable {
    private final StreamedBatches<Row, List<Row>> batches;
    private Iterator<Row> current = Collections.emptyIterator();

    StreamedRows(Dataset<Row> rows) {
        this(rows, Waiting.PATIENCE_MILLIS);
    }

    StreamedRows(Dataset<Row> rows, long patienceMillis) {
        batches = new StreamedBatches<>(rows::rdd, new Texts(), patienceMillis);
    }

    @Override
    public boolean hasNext() {
        while (!current.hasNext() && batches.hasNext()) {
            current = batches.next().iterator();
        }
        return current.hasNext();
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return current.next();
    }

    @Override
    public void close() {
        batches.close();
    }

    /** As many rows as are worth a look, and no more text than fits. */
    private static final class Texts implements StreamedBatches.Batching<Row, List<Row>> {
        private static final long serialVersionUID = 1;
        private static final int BATCH_ROWS = 1_000;
        private static final long BATCH_CHARS = 1 << 18;

        @Override
        public Iterator<List<Row>> batches(scala.collection.Iterator<Row> rows) {
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return rows.hasNext();
                }

                @Override
                public List<Row> next() {
                    return batch(rows);
                }
            };
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
