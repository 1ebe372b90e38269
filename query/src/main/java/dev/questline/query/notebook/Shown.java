package dev.questline.query.notebook;

import dev.questline.query.Workspace;
import java.util.Optional;
import jdk.jshell.execution.DirectExecutionControl;
import org.apache.spark.sql.Dataset;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.internal.chartpart.Chart;

/**
 * A value in the forms it can be shown in.
 *
 * @param text for terminals
 * @param html for pages
 * @param picture for both, where there is one
 */
record Shown(String text, Optional<String> html, Optional<Picture> picture) {
    private static final int ROWS = 100;
    private static final int LONGEST_TEXT = 10_000;

    static Shown of(@Nullable Object value) {
        if (value instanceof Shown shown) {
            return shown;
        }
        if (value instanceof Dataset<?> rows) {
            return of(rows, 0);
        }
        if (value instanceof Chart<?, ?> chart) {
            return of(chart);
        }
        return new Shown(cut(Texts.of(value)), Optional.empty(), Optional.empty());
    }

    /** Rows as a table, on a terminal of so many columns; what {@code explain} says as the text it is. */
    static Shown of(Dataset<?> rows, int width) {
        return Workspace.explanation(rows).map(Shown::ofText).orElseGet(() -> {
            var grid = Grid.of(rows.toDF(), ROWS);
            return new Shown(grid.text(width), Optional.of(grid.html()), Optional.empty());
        });
    }

    private static Shown ofText(String text) {
        return new Shown(text, Optional.of("<pre>" + Grid.escaped(text) + "</pre>"), Optional.empty());
    }

    static Shown of(Grid grid) {
        return new Shown(grid.text(), Optional.of(grid.html()), Optional.empty());
    }

    private static Shown of(Chart<?, ?> chart) {
        return new Shown(Picture.description(chart), Optional.empty(), Optional.of(Picture.of(chart)));
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT
                ? text
                : text.substring(0, LONGEST_TEXT) + "… (" + text.length() + " characters in all)";
    }

    /** Arrays as JShell shows them. */
    private static final class Texts extends DirectExecutionControl {
        static String of(@Nullable Object value) {
            return value != null && value.getClass().isArray() ? valueString(value) : String.valueOf(value);
        }
    }
}
