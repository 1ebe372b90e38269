package dev.questline.bench.part;

import org.apache.spark.sql.SparkSession;

/**
 * Spark by itself, as who writes a program with it has it: {@code FOLDER CORES}. It looks at the folder for each
 * statement, as a service has to that answers for what is there now.
 */
public final class BareSparkPart {
    private BareSparkPart() {}

    public static void main(String[] args) throws Exception {
        var builder = SparkSession.builder()
                .master("local[*]")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.session.timeZone", "UTC")
                // Of its defaults the one that nobody keeps on one machine: 200.
                .config("spark.sql.shuffle.partitions", args[1]);
        try (var spark = builder.getOrCreate()) {
            Answering.serve(statement -> {
                spark.read().parquet(args[0]).createOrReplaceTempView(Purchases.TABLE);
                return spark.sql(statement).collectAsList().size();
            });
        }
    }
}
