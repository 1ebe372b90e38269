package dev.questline.query;

import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.QueryContext;
import org.apache.spark.QueryContextType;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.catalyst.trees.Origin;

/**
 * Where in a script something is wrong. Columns count code points.
 *
 * @param line from 1
 * @param column from 0
 * @param length at least 1
 */
record Place(String script, int line, int column, int length) {
    /** More of a line, in code points, is not shown on one side of a place. */
    private static final int NEAR = 160;

    /** The place Spark names, if it names one. */
    static Optional<Place> of(Throwable e, String script) {
        return inQuery(e, script).or(() -> inException(e, script));
    }

    /** Where a part of a parsed statement stands; what was parsed may not be what its author wrote, but is as long. */
    static Optional<Place> of(Origin origin, String script) {
        if (origin.startIndex().isEmpty() || origin.stopIndex().isEmpty()) {
            return Optional.empty();
        }
        var start = (Integer) origin.startIndex().get();
        return Optional.of(at(script, start, (Integer) origin.stopIndex().get() + 1 - start));
    }

    private static Optional<Place> inQuery(Throwable e, String script) {
        var contexts = ((SparkThrowable) e).getQueryContext();
        return Arrays.stream(contexts == null ? new QueryContext[0] : contexts)
                .filter(context -> context.contextType() == QueryContextType.SQL)
                .filter(context -> context.startIndex() >= 0 && context.startIndex() <= context.stopIndex())
                .filter(context -> context.stopIndex() < script.codePointCount(0, script.length()))
                .findFirst()
                .map(context -> at(script, context.startIndex(), context.stopIndex() + 1 - context.startIndex()));
    }

    private static Optional<Place> inException(Throwable e, String script) {
        if (e instanceof AnalysisException analysis
                && analysis.line().isDefined()
                && analysis.startPosition().isDefined()) {
            var line = (Integer) analysis.line().get();
            return Optional.of(
                    new Place(script, line, (Integer) analysis.startPosition().get(), 1));
        }
        return Optional.empty();
    }

    private static Place at(String script, int offset, int length) {
        var before = script.substring(0, script.offsetByCodePoints(0, offset));
        var line = 1 + (int) before.chars().filter(c -> c == '\n').count();
        var lineStart = before.lastIndexOf('\n') + 1;
        return new Place(script, line, before.codePointCount(lineStart, before.length()), length);
    }

    /** The message, with the place before it and the line below it. */
    static String around(Optional<Place> place, String message) {
        return place.map(Place::prefix).orElse("")
                + message
                + place.map(Place::lines).orElse("");
    }

    /** {@code "line 1, column 8: "}. */
    private String prefix() {
        return "line " + line + ", column " + (column + 1) + ": ";
    }

    /** The line itself, or what of it is near, and under it carets as far as the place reaches. */
    private String lines() {
        var text = script.split("\r?\n", -1)[line - 1]
                .replace('\t', ' ')
                .codePoints()
                .toArray();
        var at = Math.min(column, text.length);
        var from = at > NEAR ? at - NEAR / 2 : 0;
        var to = Math.min(text.length, Math.max(from, at) + NEAR);
        var before = (from > 0 ? "…" : "") + new String(text, from, at - from);
        var marked = new String(text, at, Math.min(length, to - at));
        var behind = new String(text, at, to - at) + (to < text.length ? "…" : "");
        return "\n  " + before + behind + "\n  " + " ".repeat(DisplayWidth.of(before))
                + "^".repeat(Math.max(1, DisplayWidth.of(marked)));
    }
}
