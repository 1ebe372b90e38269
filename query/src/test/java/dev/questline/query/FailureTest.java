package dev.questline.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

class FailureTest {
    @Test
    void onlyTheReasonIsLeftOfSparksMessages() {
        assertThat(Failure.clean("[MISSING_GROUP_BY] The query does not include a GROUP BY clause. Add one."
                        + " SQLSTATE: 42803; line 1 pos 0;\nAggregate [Host#1]\n+- SubqueryAlias t\n"))
                .isEqualTo("The query does not include a GROUP BY clause. Add one");
        assertThat(
                        Failure.clean(
                                "[DIVIDE_BY_ZERO] Division by zero. Use `try_divide` instead. If necessary set"
                                        + " \"spark.sql.ansi.enabled\" to \"false\" to bypass this error. SQLSTATE: 22012\n== SQL ==\n"))
                .isEqualTo("Division by zero. Use `try_divide` instead");
        assertThat(Failure.clean("no plan here;\n'Project ['Hots]\n+- Range")).isEqualTo("no plan here");
    }

    @Test
    void aFileThatWasReplacedMeanwhileIsNotCalledBroken() {
        var parameters = scala.jdk.javaapi.CollectionConverters.asScala(Map.of("path", "/t/part-0"));
        var gone = new SparkException(
                "FAILED_READ_FILE.FILE_NOT_EXIST", scala.collection.immutable.Map.from(parameters), null);

        assertThat(Failure.reason(gone)).startsWith("/t/part-0 is gone");
    }

    @Test
    void theReasonIsTheInnermost() {
        var e = new RuntimeException("outer", new IllegalStateException("Connection refused"));

        assertThat(Failure.reason(e)).isEqualTo("Connection refused");
    }
}
