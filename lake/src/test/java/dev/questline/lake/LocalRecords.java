package dev.questline.lake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Records in memory in place of a topic; Spark reads each partition as one task.
 *
 * @param each how long reading a record takes
 * @param sampled how many of each partition's first records the sample has
 */
record LocalRecords(
        SparkSession spark, List<List<Row>> partitions, Map<Integer, OffsetSpan> spans, int sampled, Duration each)
        implements RecordSource {
    static final Instant FIRST = Instant.parse("2026-11-22T18:04:20.120Z");

    private static final StructType SCHEMA = new StructType()
            .add("value", DataTypes.BinaryType)
            .add("partition", DataTypes.IntegerType)
            .add("offset", DataTypes.LongType)
            .add("timestamp", DataTypes.TimestampType);

    /** One list of values a partition; null is a record without a value. */
    @SafeVarargs
    static LocalRecords of(SparkSession spark, List<String>... values) {
        var partitions = IntStream.range(0, values.length)
                .mapToObj(partition -> records(partition, values[partition]))
                .toList();
        var spans = new TreeMap<Integer, OffsetSpan>();
        for (var partition = 0; partition < values.length; partition++) {
            spans.put(partition, new OffsetSpan(0, values[partition].size()));
        }
        return new LocalRecords(spark, partitions, spans, Integer.MAX_VALUE, Duration.ZERO);
    }

    private static List<Row> records(int partition, List<String> values) {
        var records = new ArrayList<Row>();
        for (var value : values) {
            var time = Timestamp.from(FIRST.plusMillis(records.size()));
            var bytes = value == null ? null : value.getBytes(UTF_8);
            records.add(RowFactory.create(bytes, partition, (long) records.size(), time));
        }
        return records;
    }

    /** The same with a sample of so many records a partition. */
    LocalRecords sampling(int records) {
        return new LocalRecords(spark, partitions, spans, records, each);
    }

    /** The same, read that slowly. */
    LocalRecords taking(Duration eachRecord) {
        return new LocalRecords(spark, partitions, spans, sampled, eachRecord);
    }

    @Override
    public Dataset<Row> records() {
        var context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        var inSpans = partitions.stream()
                .map(partition -> partition.stream().filter(this::isInSpan).toList())
                .filter(partition -> !partition.isEmpty())
                .toList();
        if (inSpans.isEmpty()) {
            return spark.createDataFrame(List.of(), SCHEMA);
        }
        var pause = each.toMillis();
        var rows = context.parallelize(inSpans, inSpans.size())
                .flatMap(List::iterator)
                .map(record -> {
                    Thread.sleep(pause);
                    return record;
                });
        return spark.createDataFrame(rows, SCHEMA);
    }

    private boolean isInSpan(Row record) {
        var span = spans.get(record.getInt(1));
        return span != null && span.begin() <= record.getLong(2) && record.getLong(2) < span.end();
    }

    @Override
    public LocalRecords within(Map<Integer, OffsetSpan> narrower) {
        return new LocalRecords(spark, partitions, narrower, sampled, each);
    }

    @Override
    public List<byte[]> sample() {
        var values = new ArrayList<byte[]>();
        partitions.forEach(
                partition -> partition.stream().limit(sampled).forEach(record -> values.add((byte[]) record.get(0))));
        return values;
    }
}
