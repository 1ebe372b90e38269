package dev.questline.query;

import dev.questline.event.UserError;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.apache.spark.sql.classic.SparkSession;

/**
 * Runs statements so that they end in time and within the memory, and fail with an error for people.
 *
 * @param timeout zero for as long as it takes
 */
record Limits(SparkSession spark, Duration timeout) {
    /** Works on a statement on the calling thread, whose job group is cancelled when it goes too far. */
    <T> T within(Statement statement, Callable<T> work) {
        try (var guard = new Guard(spark.sparkContext(), timeout)) {
            try {
                return work.call();
            } catch (Exception e) {
                throw guard.reason()
                        .map(reason -> (RuntimeException) UserError.failed(reason, e))
                        .orElseGet(() -> explained(e, statement));
            }
        }
    }

    private RuntimeException explained(Exception e, Statement statement) {
        return e instanceof UserError error ? error : new Failure(spark, statement).explain(e);
    }
}
