package dev.questline.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.questline.event.UserError;
import java.util.ArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class StreamedRowsIT {
    private static final int PATIENCE_MILLIS = 200;

    private final SparkSession spark = LocalSpark.SPARK;

    @Test
    void readersThatRestHoldTheProcessorsOnlyUntilOthersWait() throws Exception {
        var resting = new ArrayList<StreamedRows>();
        try {
            for (int i = 0; i < spark.sparkContext().defaultParallelism(); i++) {
                resting.add(
                        new StreamedRows(spark.sql("select cast(id as string) from range(3000000)"), PATIENCE_MILLIS));
            }
            for (var rows : resting) {
                assertThat(rows.next().getString(0)).isEqualTo("0"); // Its task runs.
            }
            var other = new FutureTask<>(() -> spark.range(100).count());
            new Thread(other).start();
            assertThat(other.get(60, TimeUnit.SECONDS)).isEqualTo(100);

            assertThat(resting)
                    .anySatisfy(rows -> assertThatThrownBy(() -> rows.forEachRemaining(row -> {}))
                            .isInstanceOf(UserError.class)
                            .hasMessageContaining("no more of its rows was read"));
        } finally {
            resting.forEach(StreamedRows::close);
        }
    }
}
