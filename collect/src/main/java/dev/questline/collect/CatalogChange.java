package dev.questline.collect;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import dev.questline.event.Catalog;
import dev.questline.event.EventType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is different between two catalogs, for people: {@code catalog: + purchase_knife (GET /purchase_a_knife)}. */
final class CatalogChange {
    private CatalogChange() {}

    /** Empty if both make the same events. */
    static List<String> lines(Catalog before, Catalog after) {
        var old = byName(before);
        var lines = new ArrayList<String>();
        for (var type : after.types()) {
            var previous = old.remove(type.name());
            if (previous == null) {
                lines.add(line('+', type));
            } else if (!previous.equals(type)) {
                lines.add(line('~', type));
            }
        }
        old.values().forEach(type -> lines.add(line('-', type)));
        return lines;
    }

    private static Map<String, EventType> byName(Catalog catalog) {
        return catalog.types().stream()
                .collect(toMap(EventType::name, identity(), (first, second) -> second, LinkedHashMap::new));
    }

    private static String line(char sign, EventType type) {
        return "catalog: " + sign + " " + type.name() + " (" + type.route() + ")";
    }
}
