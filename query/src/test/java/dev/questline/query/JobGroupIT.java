package dev.questline.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class JobGroupIT {
    private static final String ENDLESS = "select count(*) from range(1000000000000) where hash(id) = 3";

    private final SparkSession spark = LocalSpark.SPARK;

    @Test
    void aJobThatIsLateForItsCancellationIsEndedToo() {
        var group = JobGroup.of(spark.sparkContext(), "a test");
        var asking = new FutureTask<>(() -> {
            group.join();
            group.cancel("enough");
            return spark.sql(ENDLESS).collectAsList();
        });
        new Thread(asking).start(); // The group is a thread's.

        assertThatThrownBy(() -> asking.get(60, TimeUnit.SECONDS)).hasStackTraceContaining("cancelled");
        assertThat(spark.sparkContext().statusTracker().getActiveJobIds()).isEmpty();
    }
}
