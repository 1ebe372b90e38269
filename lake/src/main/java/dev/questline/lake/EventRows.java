package dev.questline.lake;

import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;

/**
 * Turns records into rows, task by task. Works on Spark's internal rows: through {@code Row} objects every text would be
 * decoded and encoded once more.
 */
record EventRows(EventColumns columns, @Nullable String wantedType, CensusAccumulator census)
        implements Function2<Integer, Iterator<InternalRow>, Iterator<InternalRow>> {

    /**
     * The records' rows, each good until the next one is asked for.
     *
     * @param records with the columns value, partition, offset, timestamp
     */
    JavaRDD<InternalRow> of(Dataset<Row> records) {
        return records.select("value", "partition", "offset", "timestamp")
                .queryExecution()
                .toRdd()
                .toJavaRDD()
                .mapPartitionsWithIndex(this, false);
    }

    @Override
    public Iterator<InternalRow> call(Integer task, Iterator<InternalRow> records) {
        return new Rows(task, records);
    }

    private final class Rows implements Iterator<InternalRow> {
        private final int task;
        private final Iterator<InternalRow> records;
        private final Census ofTask = new Census();
        private final EventRow row = new EventRow(columns, wantedType, ofTask);
        private final TimeText times = new TimeText();
        private boolean ready;
        private boolean done;

        Rows(int task, Iterator<InternalRow> records) {
            this.task = task;
            this.records = records;
        }

        @Override
        public boolean hasNext() {
            while (!ready && !done) {
                if (records.hasNext()) {
                    ready = fillFrom(records.next());
                } else {
                    done = true;
                    row.finish();
                    census.add(Map.entry(task, ofTask));
                }
            }
            return ready;
        }

        private boolean fillFrom(InternalRow record) {
            var value = record.isNullAt(0) ? null : record.getBinary(0);
            var position = new Census.Position(record.getInt(1), record.getLong(2));
            return row.fill(value, position, times.of(record.getLong(3)));
        }

        @Override
        public InternalRow next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            ready = false;
            return row.row();
        }
    }
}
