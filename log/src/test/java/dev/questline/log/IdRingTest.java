package dev.questline.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a model that is plainly right. */
class IdRingTest {
    private final Map<IdHash, KnownId> model = new LinkedHashMap<>();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 63, 64, 65, 100, 128, 1_000})
    void doesWhatALinkedMapDoes(int limit) {
        for (long seed = 0; seed < 20; seed++) {
            var random = new Random(seed);
            var ring = new IdRing(limit);
            model.clear();
            for (int step = 0; step < 6 * limit + 500; step++) {
                step(ring, limit, random, step);
            }
            model.forEach((id, known) -> assertThat(ring.at(ring.find(id))).isEqualTo(known));
        }
    }

    private void step(IdRing ring, int limit, Random random, int step) {
        var id = id(random, limit);
        int place = ring.find(id);
        assertThat(place != IdRing.NONE).isEqualTo(model.containsKey(id));
        if (place != IdRing.NONE) {
            assertThat(ring.at(place)).isEqualTo(model.get(id));
        } else {
            var known = new KnownId(random.nextInt(), random.nextInt(10_000), random.nextLong());
            ring.add(id, known, step);
            model.put(id, known);
            if (model.size() > limit) {
                model.remove(model.keySet().iterator().next());
            }
        }
        if (!model.isEmpty() && random.nextInt(3) == 0) {
            var oldest = model.entrySet().iterator().next();
            assertThat(ring.at(ring.oldest())).isEqualTo(oldest.getValue());
            ring.removeOldest();
            model.remove(oldest.getKey());
        }
        assertThat(ring.size()).isEqualTo(model.size());
    }

    /** From so few that they come again, and with hashes that crowd a few places. */
    private static IdHash id(Random random, int limit) {
        long high = random.nextBoolean() ? random.nextInt(4) : random.nextInt(4 * limit);
        return new IdHash(high, random.nextInt(limit));
    }
}
