package dev.questline.lake;

import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Spark's settings for Questline, in one place for every way to start it. */
public final class SparkSessions {
    /** Tables for programs of other kinds: standard timestamps, one time zone, Spark's own names of files. */
    private static final Map<String, String> ALWAYS = Map.of(
            "spark.ui.enabled", "false",
            "spark.sql.session.timeZone", "UTC",
            "spark.sql.parquet.compression.codec", "snappy",
            "spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS",
            // Without it a cancelled task that waits for the broker holds its core until the broker answers.
            "spark.sql.adaptive.enabled", "true");

    private SparkSessions() {}

    /** A session on {@code master}, or on the one {@code spark-submit} chose. Nothing that is set already changes. */
    public static SparkSession open(SparkConf conf) {
        return SparkSession.builder().config(conf).getOrCreate();
    }

    /**
     * The settings of a session on {@code master}; put more into it before {@link #open} as needed.
     *
     * @param data the project's data, under which Spark's warehouse stands
     */
    public static SparkConf settings(String master, Path data) {
        var conf = new SparkConf().setAppName("questline").setMaster(master);
        ALWAYS.forEach(conf::setIfMissing);
        return conf;
    }
}
