package dev.questline.lake;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Records that stay the same however often they are read. */
interface RecordSource {
    /** The offsets of each partition that has any. */
    Map<Integer, OffsetSpan> spans();

    /**
     * The records with the columns value, partition, offset, timestamp. One Spark partition holds records of one
     * partition in the order of their offsets, and those of one partition follow each other.
     */
    Dataset<Row> records();

    /** Those of the records that lie in these spans. */
    RecordSource within(Map<Integer, OffsetSpan> spans);

    /** Values of some records, from which the columns can be guessed. */
    List<byte @Nullable []> sample();

    /** How many offsets there are; never less than the number of records. */
    default long size() {
        return spans().values().stream().mapToLong(OffsetSpan::size).sum();
    }
}
