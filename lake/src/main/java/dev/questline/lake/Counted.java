package dev.questline.lake;

import java.util.Locale;

/** Numbers of things as people read them: {@code 1 row}, {@code 2,000,000 rows}. */
final class Counted {
    private Counted() {}

    static String of(long count, String noun) {
        return of(count) + " " + noun + (count == 1 ? "" : "s");
    }

    static String of(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
