package dev.questline.query.notebook;

import dev.questline.query.SqlOffers;
import dev.questline.query.Word;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A place in SQL: in a cell of it, or in a text given to {@code sql} or {@code table}.
 *
 * @param word what stands before the cursor of the name there
 * @param before the statement up to the word
 * @param statement all of it
 */
record SqlCompletion(Word word, String before, String statement) {
    private static final Pattern CELL = Pattern.compile("\\s*%%sql\\b");
    private static final Pattern TEXT = Pattern.compile("\\b(sql|table)\\(\\s*(\"\"\"|\")");

    /** A text up to where it is closed. */
    private static final Pattern OPEN = Pattern.compile("(?:[^\"\\\\]++|\\\\.)*+", Pattern.DOTALL);

    static Optional<SqlCompletion> at(String cell, int cursor) {
        var magic = CELL.matcher(cell);
        if (magic.lookingAt()) {
            return cursor < magic.end()
                    ? Optional.empty()
                    : Optional.of(of(cell, cursor, magic.end(), "", cell.length()));
        }
        return inText(cell, cursor);
    }

    private static Optional<SqlCompletion> inText(String cell, int cursor) {
        var text = TEXT.matcher(cell).region(0, cursor);
        Optional<SqlCompletion> found = Optional.empty();
        while (text.find()) {
            var quote = text.group(2);
            if (isOpen(cell.substring(text.end(), cursor), quote)) {
                var end = cell.indexOf(quote, cursor);
                var beginning = text.group(1).equals("table") ? "table " : "";
                found = Optional.of(of(cell, cursor, text.end(), beginning, end < 0 ? cell.length() : end));
            }
        }
        return found;
    }

    private static boolean isOpen(String text, String quote) {
        return quote.length() == 3 ? !text.contains(quote) : OPEN.matcher(text).matches();
    }

    private static SqlCompletion of(String cell, int cursor, int start, String beginning, int end) {
        var word = Word.at(cell, cursor, c -> Character.isJavaIdentifierPart(c) || c == '-' || c == '`');
        return new SqlCompletion(
                word,
                beginning + cell.substring(start, Math.max(start, word.start())),
                beginning + cell.substring(start, end));
    }

    Evaluator.Completions of(SqlOffers offers) {
        return new Evaluator.Completions(word.start(), offers.at(before, word.word(), statement));
    }
}
