package dev.questline.query;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.ShutdownHookManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does once, unseen, what a first request would otherwise wait for: classes loaded, Parquet and Kafka found, a shuffle
 * compiled. On one thread, so that a request that comes in the meantime has the other cores.
 */
final class Warmup {
    private static final Logger LOG = LoggerFactory.getLogger(Warmup.class);

    private final SparkSession spark;

    Warmup(SparkSession spark) {
        this.spark = spark;
    }

    void start() {
        var thread = new Thread(this::run, "warmup");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            var folder = Files.createTempDirectory("questline-warmup");
            ShutdownHookManager.registerShutdownDeleteDir(folder.toFile());
            try {
                Class.forName("org.apache.spark.sql.kafka010.KafkaSourceProvider");
                Class.forName("org.apache.kafka.clients.consumer.KafkaConsumer");
                spark.range(0, 2, 1, 1)
                        .selectExpr("cast(id as string) as a")
                        .write()
                        .parquet(folder + "/t");
                sql(folder, "select a, count(*) from parquet.`t` where a = '1' group by a order by a");
            } finally {
                delete(folder);
            }
        } catch (Exception e) {
            LOG.info("not warmed up", e);
        }
    }

    private void sql(Path folder, String statement) {
        var nobody = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        var caller = new Caller(folder, 0, nobody, nobody);
        new Commands((master, project) -> spark.newSession(), caller).run("sql", statement);
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
