package dev.questline.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.LongStream;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.junit.jupiter.api.Test;

class CensusTest {

    @Test
    void addsUpWithoutCountingATaskTwice() {
        var accumulator = new CensusAccumulator();
        accumulator.add(Map.entry(0, withSetAside(0, 5, 6)));
        accumulator.add(Map.entry(1, withSetAside(1, 7)));
        var repeated = new CensusAccumulator();
        repeated.add(Map.entry(0, withSetAside(0, 5, 6)));
        accumulator.merge(repeated);

        assertThat(accumulator.value().read()).isEqualTo(3);
        assertThat(accumulator.value().setAside()).containsExactly(Map.entry(SetAside.NO_JSON, 3L));
    }

    @Test
    void namesTheFirstFewExamplesWhateverTheOrderOfTasks() {
        var census = withSetAside(1, 0, 1, 2, 3);
        census.merge(withSetAside(0, 9, 8, 7));

        assertThat(census.examples(SetAside.NO_JSON))
                .extracting(Census.Position::partition, Census.Position::offset)
                .containsExactly(tuple(0, 7), tuple(0, 8), tuple(0, 9));
    }

    @Test
    void knowsBetweenWhichOffsetsTheyLie() {
        var census = withSetAside(0, 5, 9);
        census.merge(withSetAside(0, 3));

        assertThat(census.setAsideSpans()).isEqualTo(Map.of(0, new OffsetSpan(3, 10)));
    }

    @Test
    void keepsMisfitsUnlessThoseOfAllTasksAreTooMany() {
        var census = withMisfit(Misfits.BYTES_KEPT / 2 - 100);
        census.merge(withMisfit(Misfits.BYTES_KEPT / 2 - 100));
        assertThat(census.misfits().areAllKept()).isTrue();
        assertThat(census.misfits().records()).hasSize(2);

        census.merge(withMisfit(100));
        assertThat(census.misfits().areAllKept()).isFalse();
        assertThat(census.misfits().records()).isEmpty();
    }

    private static Census withMisfit(int bytes) {
        var census = new Census();
        census.addMisfit(new GenericInternalRow(new Object[] {new byte[bytes]}));
        return census;
    }

    private static org.assertj.core.groups.Tuple tuple(int partition, long offset) {
        return org.assertj.core.api.Assertions.tuple(partition, offset);
    }

    private static Census withSetAside(int partition, long... offsets) {
        var census = new Census();
        LongStream.of(offsets)
                .forEach(offset -> census.countSetAside(SetAside.NO_JSON, new Census.Position(partition, offset)));
        return census;
    }
}
