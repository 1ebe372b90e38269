package dev.questline.query.notebook;

import dev.questline.query.SqlNames;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A cell of SQL: the query behind {@code %%sql}, or the query below a line {@code %%sql NAME} to have its rows as a view of
 * that name.
 *
 * @param query with blanks for what stands before it, so that places in it are places in the cell
 */
record SqlCell(String query, Optional<String> view) {
    private static final Pattern MAGIC = Pattern.compile("(\\s*%%sql\\b)(.*)", Pattern.DOTALL);
    private static final Pattern NAMED = Pattern.compile("[ \\t]+(\\w+)[ \\t]*(\\r?\\n.*\\S.*)", Pattern.DOTALL);

    /** Nothing if the cell is Java. */
    static Optional<SqlCell> of(String cell) {
        var magic = MAGIC.matcher(cell);
        return magic.matches() ? Optional.of(of(magic.group(1), magic.group(2))) : Optional.empty();
    }

    private static SqlCell of(String magic, String rest) {
        var named = NAMED.matcher(rest);
        var before = magic.replace("%%sql", "     ");
        return named.matches() && isName(named.group(1))
                ? new SqlCell(before + " ".repeat(named.start(2)) + named.group(2), Optional.of(named.group(1)))
                : new SqlCell(before + rest, Optional.empty());
    }

    /** A query may begin with a word that has a line of its own. */
    private static boolean isName(String word) {
        return SqlNames.quoted(word).equals(word);
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
