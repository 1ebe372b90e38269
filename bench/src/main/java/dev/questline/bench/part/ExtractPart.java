package dev.questline.bench.part;

import com.sun.management.OperatingSystemMXBean;
import dev.questline.lake.Extract;
import dev.questline.lake.ExtractOptions;
import dev.questline.lake.ExtractSource;
import dev.questline.lake.SparkSessions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Ways to read a topic in one warm Spark session: {@code SERVERS EVENTS ROUNDS FOLDER}. Prints a line for each time:
 * way, seconds, processor seconds. The first round is warm-up and not printed.
 */
public final class ExtractPart {
    public static final String KNOWN_TOPIC = "known";
    public static final String RARE_TOPIC = "rare";

    /** What is timed. */
    public enum Way {
        SOURCE("Spark's Kafka source, to nowhere"),
        SOURCE_BY_DEFAULT("the same with its consumer's defaults"),
        SOURCE_OF_EXTRACT("the same in the newer way that `extract` chooses"),
        EXTRACT_KNOWN("`extract`, columns known from a sample"),
        EXTRACT_DISCOVERING("`extract`, a column to be discovered"),
        CLASSIC("the classic job: `spark.read.json` over the strings");

        private final String description;

        Way(String description) {
            this.description = description;
        }

        public String description() {
            return description;
        }
    }

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final SparkSession spark;

    /** Reads Kafka in the way that Spark takes by itself. */
    private final SparkSession plainSpark;

    private final String servers;
    private final int events;
    private final Path folder;

    private ExtractPart(SparkSession spark, String servers, int events, Path folder) {
        this.spark = spark;
        this.plainSpark = spark.newSession();
        plainSpark.conf().set("spark.sql.sources.useV1SourceList", "avro,csv,json,kafka,orc,parquet,text");
        this.servers = servers;
        this.events = events;
        this.folder = folder;
    }

    public static void main(String[] args) throws IOException {
        var folder = Path.of(args[3]);
        try (var spark = SparkSessions.open(SparkSessions.settings("local[*]", folder))) {
            var part = new ExtractPart(spark, args[0], Integer.parseInt(args[1]), folder);
            for (var round = 0; round <= Integer.parseInt(args[2]); round++) {
                for (var way : Way.values()) {
                    part.time(way, round > 0);
                }
            }
        }
    }

    private void time(Way way, boolean isCounted) {
        var begin = System.nanoTime();
        var cpu = SYSTEM.getProcessCpuTime();
        go(way);
        var seconds = (System.nanoTime() - begin) / 1e9;
        if (isCounted) {
            System.out.println(way + " " + seconds + " " + (SYSTEM.getProcessCpuTime() - cpu) / 1e9);
            System.out.flush();
        }
    }

    private void go(Way way) {
        switch (way) {
            case SOURCE -> toNowhere(ExtractSource.of(plainSpark, servers, KNOWN_TOPIC));
            case SOURCE_BY_DEFAULT -> toNowhere(topic().select("value", "partition", "offset", "timestamp"));
            case SOURCE_OF_EXTRACT -> toNowhere(ExtractSource.of(spark, servers, KNOWN_TOPIC));
            case EXTRACT_KNOWN -> extract(KNOWN_TOPIC);
            case EXTRACT_DISCOVERING -> extract(RARE_TOPIC);
            case CLASSIC -> classic();
        }
    }

    private static void toNowhere(Dataset<Row> records) {
        records.write().format("noop").mode(SaveMode.Overwrite).save();
    }

    private Dataset<Row> topic() {
        return plainSpark
                .read()
                .format("kafka")
                .options(new TreeMap<>(Map.of("kafka.bootstrap.servers", servers, "subscribe", KNOWN_TOPIC)))
                .load();
    }

    /** As the classic job does: the strings, read once for the schema and once for the rows. */
    private void classic() {
        var strings = topic().selectExpr("cast(value as string)").as(Encoders.STRING());
        plainSpark
                .read()
                .json(strings)
                .write()
                .mode(SaveMode.Overwrite)
                .parquet(folder.resolve("classic").toString());
    }

    @Command
    private static final class Options {
        @Mixin
        private final ExtractOptions options = new ExtractOptions();
    }

    private void extract(String topic) {
        var line = new Options();
        new CommandLine(line)
                .parseArgs(
                        "--bootstrap-server", servers, "--topic", topic, "--write", folder.resolve(topic) + "-table");
        var out = new ByteArrayOutputStream();
        var exitCode = Extract.run(spark, line.options, folder, stream(out), stream(System.err));
        var said = out.toString(StandardCharsets.UTF_8);
        if (exitCode != 0 || !said.replace(",", "").contains("wrote " + events + " rows")) {
            throw new IllegalStateException("extract did not write " + events + " rows but said: " + said);
        }
    }

    private static PrintStream stream(OutputStream out) {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }
}
