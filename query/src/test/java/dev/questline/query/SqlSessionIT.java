package dev.questline.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.questline.event.UserError;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of rows whose reader takes its time. */
@Timeout(120)
class SqlSessionIT {
    private static final String MANY = "select id from range(0, 100000000, 1, 1)";

    @TempDir
    private static Path project;

    private final SqlSession session = SqlSession.in(LocalSpark.SPARK, FlightIT.options(project), 500);

    @BeforeAll
    static void purchases() {
        LocalSpark.writePurchases(project);
    }

    @Test
    void aRestingReaderKeepsAProcessorUntilOthersWantIt() throws Exception {
        var resting = new Resting();
        var sending = besides(() -> session.rows(MANY).send(resting));
        resting.began.await();
        Thread.sleep(1_500);
        assertThat(sending).as("nobody else wants it").isNotDone();

        var busy = session.rows("select count(*) from range(0, 1000000000000, 1, 20) where id % 7 = sqrt(id)");
        var counting = besides(() -> busy.send(new Resting()));
        assertThatThrownBy(sending::join)
                .hasRootCauseInstanceOf(UserError.class)
                .hasMessageContaining("other statements wait for the processor it holds");
        busy.cancel();
        assertThatThrownBy(counting::join).hasMessageContaining("cancelled");
    }

    /** The pool that there is by itself has one thread on two processors, from Java 25 on. */
    private static CompletableFuture<Void> besides(Runnable action) {
        return CompletableFuture.runAsync(action, task -> new Thread(task).start());
    }

    @Test
    void rowsThatWereCancelledBeforehandNeverCome() {
        var rows = session.rows("select sum(id) from range(100000000) group by id % 7");
        rows.cancel();
        assertThatThrownBy(() -> rows.send(new Resting())).hasMessageContaining("cancelled");
        assertThatThrownBy(() -> rows.send(new Resting())).hasMessageContaining("asked for already");
    }

    @Test
    void aReaderThatIsGoneEndsTheSending() {
        var gone = new ArrowRows.Receiver() {
            @Override
            public boolean awaitReady(long millis) {
                throw new CancellationException();
            }

            @Override
            public void take(byte[] batch) {}
        };
        assertThatThrownBy(() -> session.rows(MANY).send(gone)).isInstanceOf(CancellationException.class);
    }

    @Test
    void batchesAreBoundedInBytes() {
        var largest = new int[1];
        var reader = new ArrowRows.Receiver() {
            @Override
            public boolean awaitReady(long millis) {
                return true;
            }

            @Override
            public void take(byte[] batch) {
                largest[0] = Math.max(largest[0], batch.length);
            }
        };
        session.rows("select repeat('x', 100000) as x from range(0, 1000, 1, 1)")
                .send(reader);
        assertThat(largest[0]).isBetween(100_000, 2_500_000);
    }

    /** As they come from another master than this process. */
    @Test
    void batchesOfEveryPartitionInTheirOrder() {
        var rows = (org.apache.spark.sql.classic.Dataset<Row>)
                LocalSpark.SPARK.sql("select id from range(0, 50000, 1, 3)");
        var batches = new ArrowRows.InArrow(ArrowColumns.of(rows.schema(), "UTC"))
                .of(rows.queryExecution().toRdd());
        var count = new int[1];
        batches.forEachRemaining(batch -> count[0]++);
        assertThat(count[0]).isEqualTo(6);
    }

    @Test
    void whatTakesTooLongEnds() {
        var options = picocli.CommandLine.populateCommand(
                new SqlOptions(), "--project", project.toString(), "--timeout", "1s");
        var rows = SqlSession.in(LocalSpark.SPARK, options)
                .rows("select count(*) from range(1000000000000) where id % 7 = sqrt(id)");
        assertThatThrownBy(() -> rows.send(new Resting()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("it took longer than 1 s");
    }

    /** Wants nothing more. */
    private static final class Resting implements ArrowRows.Receiver {
        final CountDownLatch began = new CountDownLatch(1);

        @Override
        public boolean awaitReady(long millis) throws InterruptedException {
            began.countDown();
            Thread.sleep(millis);
            return false;
        }

        @Override
        public void take(byte[] batch) {
            throw new IllegalStateException("not wanted");
        }
    }
}
