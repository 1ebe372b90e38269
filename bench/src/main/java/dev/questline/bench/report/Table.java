package dev.questline.bench.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A table of Markdown: the first column to the left, the others to the right. */
public final class Table {
    private final List<String> lines = new ArrayList<>();

    Table(String... columns) {
        add((Object[]) columns);
        lines.add("| --- |" + " ---: |".repeat(columns.length - 1));
    }

    public Table add(Object... cells) {
        lines.add(Arrays.stream(cells).map(Object::toString).collect(Collectors.joining(" | ", "| ", " |")));
        return this;
    }

    String markdown() {
        return String.join("\n", lines);
    }
}
