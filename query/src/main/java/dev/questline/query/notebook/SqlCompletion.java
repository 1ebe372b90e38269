package dev.questline.query.notebook;

import dev.questline.query.SqlNames;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A place in SQL: in a cell of it, or in a text given to {@code sql} or {@code table}.
 *
 * @param word what stands before the cursor of the name there
 */
record SqlCompletion(int start, String word) {
    private static final Pattern IN_TEXT =
            Pattern.compile(".*\\b(?:sql|table)\\(\\s*\"(?:[^\"\\\\]|\\\\.)*?([\\w-]*)", Pattern.DOTALL);
    private static final Pattern IN_CELL = Pattern.compile("\\s*%%sql.*\\n.*?([\\w-]*)", Pattern.DOTALL);

    static Optional<SqlCompletion> at(String cell, int cursor) {
        var before = cell.substring(0, cursor);
        for (var pattern : List.of(IN_CELL, IN_TEXT)) {
            var found = pattern.matcher(before);
            if (found.matches()) {
                return Optional.of(new SqlCompletion(found.start(1), found.group(1)));
            }
        }
        return Optional.empty();
    }

    Evaluator.Completions of(List<String> tables) {
        var texts = java.util.stream.Stream.concat(tables.stream().map(SqlNames::quoted), SqlNames.KEYWORDS.stream())
                .filter(text -> text.toLowerCase(Locale.ROOT).startsWith(word.toLowerCase(Locale.ROOT)))
                .toList();
        return new Evaluator.Completions(start, texts);
    }
}
