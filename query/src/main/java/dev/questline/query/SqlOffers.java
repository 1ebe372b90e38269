package dev.questline.query;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What could stand at a place of a statement: tables, the columns of those that it names, functions and keywords. */
public final class SqlOffers {
    private static final Pattern WANTS_TABLE = Pattern.compile(
            ".*(?:\\b(?:from|join|table|describe|desc|summarize)|\\\\d)\\s+$",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final CatalogNames names;

    public SqlOffers(CatalogNames names) {
        this.names = names;
    }

    /**
     * The names as a statement writes them; a function's with its parenthesis.
     *
     * @param before the statement up to the word
     * @param word what is there of it already
     * @param statement all of the statement
     */
    public List<String> at(String before, String word, String statement) {
        return all(before, word, statement)
                .filter(offer -> startsWith(offer, word))
                .distinct()
                .toList();
    }

    private Stream<String> all(String before, String word, String statement) {
        var tables = names.tables().stream().map(SqlNames::quoted);
        if (WANTS_TABLE.matcher(before).matches()) {
            return tables;
        }
        var columns = names.tables().stream()
                .filter(table -> isNamed(table, statement))
                .flatMap(table -> names.columns(table).stream().map(SqlNames::quoted));
        var known = Stream.concat(columns, tables);
        return word.isEmpty()
                ? known
                : Stream.of(known, keywords(word), functions()).flatMap(Function.identity());
    }

    private Stream<String> functions() {
        return names.functions().stream().map(function -> function + "(");
    }

    private static Stream<String> keywords(String word) {
        var isUpper = word.equals(word.toUpperCase(Locale.ROOT));
        return SqlNames.KEYWORDS.stream().map(keyword -> isUpper ? keyword.toUpperCase(Locale.ROOT) : keyword);
    }

    private static boolean isNamed(String table, String statement) {
        return statement.toLowerCase(Locale.ROOT).contains(table.toLowerCase(Locale.ROOT));
    }

    /** Whether it goes on from the word, in any case and before the quotes that a name may need. */
    private static boolean startsWith(String offer, String word) {
        return offer.regionMatches(true, 0, word, 0, word.length())
                || (offer.startsWith("`") && offer.regionMatches(true, 1, word, 0, word.length()));
    }
}
