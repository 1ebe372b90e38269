package dev.questline.lake;

import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;

/**
 * Turns records into rows, task by task. A record with a field that has no column becomes none: it is left to the census.
 * Works on Spark's internal rows: through {@code Row} objects every text would be decoded and encoded once more.
 */
record EventRows(EventColumns columns, @Nullable String wantedType, CensusAccumulator census)
        implements Function2<Integer, Iterator<InternalRow>, Iterator<InternalRow>> {

    /** Rows of all event types, in columns that hold every field there is. */
    static EventRows all(EventColumns columns, CensusAccumulator census) {
        return new EventRows(columns, null, census);
    }

    /** The records' rows as a table; nothing is read before the table is. */
    Dataset<Row> asTable(SparkSession spark, Dataset<Row> records) {
        return table(spark, of(records));
    }

    /** The rows of records that another pass has left to its census. */
    Dataset<Row> asTable(SparkSession spark, Misfits misfits) {
        var records = JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(misfits.records(), 1);
        return table(spark, records.mapPartitionsWithIndex(this, false));
    }

    private Dataset<Row> table(SparkSession spark, JavaRDD<InternalRow> rows) {
        var session = (org.apache.spark.sql.classic.SparkSession) spark;
        return session.internalCreateDataFrame(rows.rdd(), columns.schema(), false);
    }

    /**
     * The records' rows, each good until the next one is asked for.
     *
     * @param records with the columns value, partition, offset, timestamp
     */
    JavaRDD<InternalRow> of(Dataset<Row> records) {
        return internal(records).mapPartitionsWithIndex(this, false);
    }

    /** The records as {@link #call} takes them. */
    static JavaRDD<InternalRow> internal(Dataset<Row> records) {
        return records.select("value", "partition", "offset", "timestamp")
                .queryExecution()
                .toRdd()
                .toJavaRDD();
    }

    @Override
    public Iterator<InternalRow> call(Integer task, Iterator<InternalRow> records) {
        return read(task, records);
    }

    Rows read(int task, Iterator<InternalRow> records) {
        return new Rows(task, records);
    }

    /** A task's rows. */
    final class Rows implements Iterator<InternalRow> {
        private final int task;
        private final Iterator<InternalRow> records;
        private final Census ofTask = new Census();
        private final EventRow row = new EventRow(columns, wantedType, ofTask);
        private final TimeText times = new TimeText();
        private Census.Position position = new Census.Position(0, 0);
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
            position = new Census.Position(record.getInt(1), record.getLong(2));
            if (!row.fill(value, position, times.of(record.getLong(3)))) {
                return false;
            }
            if (!row.isWhole()) {
                ofTask.addMisfit(record);
            }
            return row.isWhole();
        }

        @Override
        public InternalRow next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            ready = false;
            return row.row();
        }

        /** Where the row's record is. */
        Census.Position position() {
            return position;
        }
    }
}
