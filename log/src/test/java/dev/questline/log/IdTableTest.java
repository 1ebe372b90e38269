package dev.questline.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdTableTest {
    private static final Duration WINDOW = Duration.ofSeconds(10);

    private final AtomicLong clock =
            new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(20).toNanos());
    private final IdTable table = new IdTable(1_000, WINDOW, clock::get);

    @Test
    void remembersTheFirstOfAnId() {
        table.add(id(1), known(1));
        table.add(id(1), known(2));
        assertThat(table.find(id(1))).isEqualTo(known(1));
        assertThat(table.find(id(2))).isNull();
        assertThat(table.size()).isEqualTo(1);
    }

    @Test
    void forgetsAfterTheWindowAndNotBefore() {
        table.add(id(1), known(1));
        pass(WINDOW.dividedBy(2));
        table.add(id(1), known(1));
        table.add(id(2), known(2));
        assertThat(table.oldest()).isEqualTo(WINDOW.dividedBy(2));
        pass(WINDOW.dividedBy(2));
        assertThat(table.find(id(1))).isNotNull();
        pass(Duration.ofSeconds(1));
        assertThat(table.find(id(1))).isNull();
        assertThat(table.find(id(2))).isNotNull();
        assertThat(table.size()).isEqualTo(1);
        table.add(id(1), known(3));
        assertThat(table.find(id(1))).isEqualTo(known(3));
        pass(Duration.ofHours(1));
        assertThat(table.size()).isZero();
        assertThat(table.oldest()).isZero();
    }

    @Test
    void forgetsTheOldestWhenFull() {
        for (int i = 0; i < 2_500; i++) {
            table.add(id(i), known(i));
        }
        assertThat(table.size()).isEqualTo(1_000);
        assertThat(table.find(id(1_499))).isNull();
        assertThat(table.find(id(1_500))).isEqualTo(known(1_500));
        assertThat(table.find(id(2_499))).isEqualTo(known(2_499));
    }

    @Test
    void clearedItIsEmptyAndTakesIds() {
        table.add(id(1), known(1));
        table.clear();
        assertThat(table.find(id(1))).isNull();
        assertThat(table.size()).isZero();
        table.add(id(1), known(2));
        assertThat(table.find(id(1))).isEqualTo(known(2));
    }

    @Test
    void theLongestWindowThatASettingMayNameIsNoOverflow() {
        var lasting = new IdTable(10, Duration.ofHours(999_999), clock::get);
        lasting.add(id(1), known(1));
        clock.addAndGet(Duration.ofDays(365).toNanos());
        assertThat(lasting.find(id(1))).isEqualTo(known(1));
    }

    @Test
    void aMillionIdsOfManyThreadsAreAllThere() {
        var large = new IdTable(1_000_000, WINDOW, clock::get);
        int each = 300_000;
        var threads = IntStream.range(0, 4)
                .mapToObj(thread -> CompletableFuture.runAsync(
                        () -> {
                            for (int i = thread * each; i < (thread + 1) * each; i++) {
                                large.add(id(i), known(i));
                                assertThat(large.find(id(i))).isEqualTo(known(i));
                            }
                        },
                        task -> new Thread(task).start()))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(threads).join();
        assertThat(large.size()).isBetween(990_000, 1_000_000);
        for (int thread = 0; thread < 4; thread++) {
            int last = (thread + 1) * each - 1;
            assertThat(large.find(id(last))).isEqualTo(known(last));
        }
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    private static IdHash id(int number) {
        return IdHash.of(("id-" + number).getBytes(UTF_8));
    }

    private static KnownId known(int number) {
        return new KnownId(KnownId.typeHash("purchase_sword"), number % 5, number);
    }
}
