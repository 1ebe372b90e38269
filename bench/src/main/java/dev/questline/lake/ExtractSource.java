package dev.questline.lake;

import dev.questline.event.ClientProperties;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The source {@code extract} reads, for who compares it with reading alone: with the same settings. */
public final class ExtractSource {
    private ExtractSource() {}

    public static Dataset<Row> of(SparkSession spark, String servers, String topic) {
        return PinnedTopic.pin(spark, new KafkaTopic(servers, topic, ClientProperties.NONE))
                .records();
    }
}
