package dev.questline.lake;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.Uuid;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** A topic from its beginning to its end as they were at one moment. */
record PinnedTopic(SparkSession spark, KafkaTopic topic, Uuid id, SortedMap<Integer, OffsetSpan> spans)
        implements RecordSource {
    /** Below this, starting tasks costs more than they save. */
    private static final long WORTH_SPLITTING = 50_000;

    /** Twice Spark's rate with the consumer's defaults; more has no effect. The memory is that of each core. */
    private static final Map<String, String> CONSUMER = Map.of(
            "kafka.isolation.level",
            "read_committed",
            "kafka.max.poll.records",
            "5000",
            "kafka.max.partition.fetch.bytes",
            Integer.toString(8 << 20),
            "kafka.fetch.max.bytes",
            Integer.toString(64 << 20),
            "kafka.receive.buffer.bytes",
            Integer.toString(1 << 20),
            // Spark keeps its consumers, each with a fetch under way for what may come; the next statement waits for
            // that.
            "kafka.fetch.max.wait.ms",
            "10",
            // Spark's default of two minutes is a long time to learn that a broker has gone.
            "kafkaConsumer.pollTimeoutMs",
            "30000");

    /** As the topic is now. */
    static PinnedTopic pin(SparkSession spark, KafkaTopic topic) {
        var state = topic.now();
        return new PinnedTopic(spark, topic, state.id(), state.spans());
    }

    @Override
    public Dataset<Row> records() {
        if (spans.isEmpty()) {
            return spark.sql("select cast('' as binary) as value, 0 as partition, 0L as offset,"
                    + " current_timestamp() as timestamp where false");
        }
        var kafka = spark.read()
                .format("kafka")
                .options(CONSUMER)
                .options(ownProperties())
                .option("kafka.bootstrap.servers", topic.bootstrapServers())
                .option("assign", ofTopic(spans.keySet().toString()))
                .option("startingOffsets", offsets(OffsetSpan::begin))
                .option("endingOffsets", offsets(OffsetSpan::end));
        if (size() > WORTH_SPLITTING) {
            kafka = kafka.option("minPartitions", spark.sparkContext().defaultParallelism());
        }
        return kafka.load().select("value", "partition", "offset", "timestamp");
    }

    /** As Spark's source takes them. */
    private Map<String, String> ownProperties() {
        return topic.properties().byKey().entrySet().stream()
                .collect(toMap(property -> "kafka." + property.getKey(), Map.Entry::getValue));
    }

    @Override
    public PinnedTopic within(Map<Integer, OffsetSpan> narrower) {
        return new PinnedTopic(spark, topic, id, new TreeMap<>(narrower));
    }

    @Override
    public List<byte @Nullable []> sample() {
        return TopicSample.of(topic, spans);
    }

    private String offsets(ToLongFunction<OffsetSpan> which) {
        return ofTopic(spans.entrySet().stream()
                .map(span -> "\"" + span.getKey() + "\":" + which.applyAsLong(span.getValue()))
                .collect(joining(",", "{", "}")));
    }

    private String ofTopic(String json) {
        return "{\"" + topic.name() + "\":" + json + "}";
    }
}
