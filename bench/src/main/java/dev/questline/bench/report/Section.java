package dev.questline.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What one comparison found. */
public final class Section {
    private final String title;
    private final List<Target> targets = new ArrayList<>();
    private final List<Supplier<String>> parts = new ArrayList<>();
    private final List<Supplier<String>> bounds = new ArrayList<>();

    public Section(String title) {
        this.title = title;
    }

    public void text(String text) {
        parts.add(() -> text);
    }

    /** A table, to be filled. */
    public Table table(String... columns) {
        return tableIn(parts, columns);
    }

    /** A figure that is to be no less. */
    public void atLeast(String what, double measured, double wanted, Unit unit) {
        targets.add(new Target(what, measured, Target.Bound.AT_LEAST, wanted, unit));
    }

    /** A figure that is to be no more. */
    public void atMost(String what, double measured, double wanted, Unit unit) {
        targets.add(new Target(what, measured, Target.Bound.AT_MOST, wanted, unit));
    }

    /** What bounds the figures, in a chapter of the report of its own. */
    public void bound(String text) {
        bounds.add(() -> text);
    }

    /** A table of what bounds the figures, to be filled. */
    public Table boundTable(String... columns) {
        return tableIn(bounds, columns);
    }

    private static Table tableIn(List<Supplier<String>> parts, String... columns) {
        var table = new Table(columns);
        parts.add(table::markdown);
        return table;
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    List<Target> targets() {
        return targets;
    }

    String markdown() {
        return "## " + title + "\n\n" + joined(parts);
    }

    /** Empty if nothing was found of it. */
    String boundsMarkdown() {
        return bounds.isEmpty() ? "" : "### " + title + "\n\n" + joined(bounds);
    }

    private static String joined(List<Supplier<String>> parts) {
        return parts.stream().map(Supplier::get).collect(Collectors.joining("\n\n")) + "\n\n";
    }
}
