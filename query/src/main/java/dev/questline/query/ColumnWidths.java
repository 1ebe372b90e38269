package dev.questline.query;

import java.util.Arrays;

/** How wide the columns of a table are shown. */
final class ColumnWidths {
    /** The widest a column gets when there is no terminal to fit into. */
    private static final int WIDEST = 100;

    /** No column is cut further than this to make room. */
    private static final int NARROWEST = 12;

    private static final int SEPARATOR = 3;

    private ColumnWidths() {}

    /** The widths as they are, if the table fits the terminal; else the widest columns are cut to the same width. */
    static int[] of(int[] natural, int terminal) {
        var widest = terminal <= 0 ? WIDEST : widestThatFits(natural, terminal);
        return Arrays.stream(natural).map(width -> Math.min(width, widest)).toArray();
    }

    private static int widestThatFits(int[] natural, int terminal) {
        var room = terminal - SEPARATOR * (natural.length - 1);
        var widest = Math.max(NARROWEST, Arrays.stream(natural).max().orElse(0));
        while (widest > NARROWEST && total(natural, widest) > room) {
            widest--;
        }
        return widest;
    }

    private static long total(int[] natural, int widest) {
        return Arrays.stream(natural)
                .mapToLong(width -> Math.min(width, widest))
                .sum();
    }
}
