package dev.questline.query.flight;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Things by their names, of which those that were used longest ago are forgotten: callers go without a word. */
final class Kept<T> {
    private final Map<String, T> byName;

    Kept(int most) {
        byName = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
                return size() > most;
            }
        };
    }

    synchronized void put(String name, T thing) {
        byName.put(name, thing);
    }

    synchronized T findOrMake(String name, Supplier<T> make) {
        return byName.computeIfAbsent(name, key -> make.get());
    }

    synchronized Optional<T> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    synchronized void forget(String name) {
        byName.remove(name);
    }
}
