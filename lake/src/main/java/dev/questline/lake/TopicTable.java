package dev.questline.lake;

import dev.questline.event.ClientProperties;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.Uuid;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The log as a table for SQL. */
public final class TopicTable {
    /** Its name in SQL, in capitals too; no folder can have it. */
    public static final String NAME = "events";

    /** What earlier calls have read, so that the next one need only read what has come since. */
    private static final Map<Uuid, Known> KNOWN = new ConcurrentHashMap<>();

    /** The fields of the records before {@code ends}. */
    private record Known(Map<Integer, Long> ends, Set<String> fields) {}

    private TopicTable() {}

    /**
     * The topic's events up to now, in the columns {@code extract} gives them. Reading it again later gives the same
     * rows; call this again for what has come since.
     *
     * @param properties what else Kafka's clients need to know
     * @throws dev.questline.event.UserError when no broker answers or the topic does not exist
     */
    public static Dataset<Row> events(
            SparkSession spark, String bootstrapServers, String topic, ClientProperties properties) {
        var pinned = PinnedTopic.pin(spark, new KafkaTopic(bootstrapServers, topic, properties));
        try {
            var columns = EventColumns.of(fields(pinned));
            return EventRows.all(columns, CensusAccumulator.in(spark)).asTable(spark, pinned.records());
        } catch (Exception e) {
            throw Failures.forPeople(e);
        }
    }

    private static Set<String> fields(PinnedTopic pinned) {
        var id = pinned.id();
        var spark = pinned.spark();
        var known = KNOWN.getOrDefault(id, new Known(Map.of(), Set.of()));
        var unread = after(known.ends(), pinned);
        if (unread.spans().isEmpty()) {
            return known.fields();
        }
        var fields = new TreeSet<>(known.fields());
        fields.addAll(new Extraction(spark, unread, null).count().census().fields());
        var ends = new HashMap<>(known.ends());
        pinned.spans().forEach((partition, span) -> ends.put(partition, span.end()));
        KNOWN.put(id, new Known(ends, fields));
        return fields;
    }

    private static PinnedTopic after(Map<Integer, Long> ends, PinnedTopic pinned) {
        var unread = new HashMap<Integer, OffsetSpan>();
        pinned.spans().forEach((partition, span) -> {
            var begin = Math.max(span.begin(), ends.getOrDefault(partition, 0L));
            if (begin < span.end()) {
                unread.put(partition, new OffsetSpan(begin, span.end()));
            }
        });
        return pinned.within(unread);
    }
}
