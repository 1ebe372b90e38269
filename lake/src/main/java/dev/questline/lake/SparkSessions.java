package dev.questline.lake;

import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Spark's settings for Questline, in one place for every way to start it. What is set already stays as it is. */
public final class SparkSessions {
    /** Tables any program can read, one time zone, and file systems that say soon when they are away. */
    private static final Map<String, String> EVERYWHERE = Map.ofEntries(
            Map.entry("spark.ui.enabled", "false"),
            Map.entry("spark.ui.showConsoleProgress", "false"),
            Map.entry("spark.sql.session.timeZone", "UTC"),
            Map.entry("spark.sql.parquet.compression.codec", "snappy"),
            Map.entry("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS"),
            // Tables that were appended to may have other columns in other files.
            Map.entry("spark.sql.parquet.mergeSchema", "true"),
            // All that Spark reads in its older way, without Kafka: there the newer one takes a sixth less time.
            Map.entry("spark.sql.sources.useV1SourceList", "avro,csv,json,orc,parquet,text"),
            // Spark keeps Kafka consumers for five minutes, each with some 10 MB, though no other statement gets them.
            Map.entry("spark.kafka.consumer.cache.timeout", "1s"),
            Map.entry("spark.kafka.consumer.cache.evictorThreadRunInterval", "1s"),
            Map.entry("spark.kafka.consumer.fetchedData.cache.timeout", "1s"),
            Map.entry("spark.kafka.consumer.fetchedData.cache.evictorThreadRunInterval", "1s"),
            Map.entry("spark.hadoop.ipc.client.connect.timeout", "5000"),
            Map.entry("spark.hadoop.ipc.client.connect.max.retries", "1"),
            Map.entry("spark.hadoop.ipc.client.connect.max.retries.on.timeouts", "0"),
            Map.entry("spark.hadoop.fs.s3a.attempts.maximum", "2"),
            Map.entry("spark.hadoop.fs.s3a.connection.establish.timeout", "5000"),
            // Closing a file takes 160 ms instead of 1.2 s.
            Map.entry("spark.hadoop.dfs.client.block.write.locateFollowingBlock.initial.delay.ms", "10"));

    /** One machine: nobody else can connect, and no more tasks than it has cores. */
    private static final Map<String, String> ON_ONE_MACHINE = Map.of(
            "spark.driver.bindAddress", "127.0.0.1",
            "spark.driver.host", "127.0.0.1",
            "spark.sql.shuffle.partitions",
                    Integer.toString(Runtime.getRuntime().availableProcessors()));

    private SparkSessions() {}

    /**
     * The settings of a session on {@code master}; more can be put into them before {@link #open}.
     *
     * @param data the project's data, under which Spark's warehouse stands
     */
    public static SparkConf settings(String master, Path data) {
        return withDefaults(new SparkConf().setMaster(master))
                .setIfMissing(
                        "spark.sql.warehouse.dir",
                        data.resolve("warehouse").toUri().toString());
    }

    /** The settings of a session on the master that {@code spark-submit} chose. */
    static SparkConf submitted() {
        return withDefaults(new SparkConf());
    }

    /** Starts Spark, or gives the session that runs in this JVM. */
    public static SparkSession open(SparkConf settings) {
        // The builder for all kinds of Spark finds this one by Scala's reflection, whose start takes most of a second.
        return org.apache.spark.sql.classic.SparkSession.builder()
                .config(settings)
                .getOrCreate();
    }

    private static SparkConf withDefaults(SparkConf conf) {
        conf.setIfMissing("spark.app.name", "questline");
        EVERYWHERE.forEach(conf::setIfMissing);
        if (conf.get("spark.master", "").startsWith("local")) {
            ON_ONE_MACHINE.forEach(conf::setIfMissing);
        }
        return conf;
    }
}
