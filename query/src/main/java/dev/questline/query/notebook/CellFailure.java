package dev.questline.query.notebook;

import java.util.List;

/** Why a cell ended early, as its author is told. */
final class CellFailure extends Exception {
    private final String kind;
    private final List<String> lines;

    /**
     * @param kind one word, as in {@code ArithmeticException}
     * @param reason a line
     * @param lines the reason and the place, for a person
     */
    CellFailure(String kind, String reason, List<String> lines) {
        super(reason, null, false, false);
        this.kind = kind;
        this.lines = lines;
    }

    static CellFailure interrupted() {
        return new CellFailure("Interrupted", "interrupted", List.of("interrupted"));
    }

    String kind() {
        return kind;
    }

    List<String> lines() {
        return lines;
    }

    String text() {
        return String.join("\n", lines);
    }
}
