package dev.questline.query;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Keys of a JSON object: a reader keeps only one of two that are the same. */
final class JsonNames {
    private JsonNames() {}

    /** The names, a repeated one with a number after it: {@code id, id_2}. */
    static List<String> distinct(List<String> names) {
        var taken = new HashSet<>(names);
        var given = new HashSet<String>();
        var distinct = new ArrayList<String>();
        for (var name : names) {
            distinct.add(given.add(name) ? name : numbered(name, taken));
        }
        return distinct;
    }

    private static String numbered(String name, Set<String> taken) {
        var number = 2;
        while (!taken.add(name + "_" + number)) {
            number++;
        }
        return name + "_" + number;
    }
}
