package dev.questline.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumberSetTest {
    private static NumberSet of(long... numbers) {
        var set = new NumberSet();
        for (long number : numbers) {
            assertThat(set.add(number)).isTrue();
        }
        return set;
    }

    @Test
    void countsEachOnce() {
        var set = of(0, 63, 64, 1 << 20, 5_000_000_000L);
        assertThat(set.add(64)).isFalse();
        assertThat(set.size()).isEqualTo(5);
    }

    @Test
    void joinsAndCompares() {
        var all = of(1, 2, 3_000_000);
        all.addAll(of(2, 4, 10_000_000));
        assertThat(all.size()).isEqualTo(5);
        assertThat(all.countWithout(of(2, 4, 5, 20_000_000))).isEqualTo(3);
        assertThat(new NumberSet().countWithout(all)).isZero();
    }
}
