package dev.questline.query.notebook;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A cell of SQL: the query below a line {@code %%sql}, or {@code %%sql NAME} to have its rows as a view of that name.
 *
 * @param query with an empty first line, so that places in it are places in the cell
 */
record SqlCell(String query, Optional<String> view) {
    private static final Pattern MAGIC =
            Pattern.compile("\\s*%%sql(?:[ \\t]+(\\w+))?[ \\t]*(\\r?\\n.*)", Pattern.DOTALL);

    /** Nothing if the cell is Java. */
    static Optional<SqlCell> of(String cell) {
        var magic = MAGIC.matcher(cell);
        return magic.matches()
                ? Optional.of(new SqlCell(magic.group(2), Optional.ofNullable(magic.group(1))))
                : Optional.empty();
    }

    String asJava() {
        return Notebook.class.getName() + ".sqlCell(" + literal(query)
                + view.map(name -> ", " + literal(name)).orElse("") + ")";
    }

    private static String literal(String text) {
        return '"'
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\r", "\\r")
                        .replace("\n", "\\n")
                + '"';
    }
}
