package dev.questline.cli;

import dev.questline.query.SqlNames;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.CompletionMatcher;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Offers the tables, and the columns of those that the statement names, functions and keywords. */
final class SqlCompleter implements Completer {
    private static final Pattern WANTS_TABLE = Pattern.compile(
            ".*(?:\\b(?:from|join|table|describe|desc|summarize)|\\\\d)\\s+$",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final PromptNames names;

    SqlCompleter(PromptNames names) {
        this.names = names;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        var before = line.line().substring(0, line.cursor() - line.wordCursor());
        var word = line.word();
        offers(before, word, line.line())
                .filter(offer -> startsWith(offer, word))
                .distinct()
                .forEach(offer -> candidates.add(new Candidate(offer, offer, null, null, null, null, !isCall(offer))));
    }

    private Stream<String> offers(String before, String word, String statement) {
        if (word.startsWith("\\")) {
            return before.isBlank() ? PromptCommand.names() : Stream.empty();
        }
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

    private static boolean isCall(String offer) {
        return offer.endsWith("(");
    }

    private static boolean isNamed(String table, String statement) {
        return statement.toLowerCase(Locale.ROOT).contains(table.toLowerCase(Locale.ROOT));
    }

    /** Whether it goes on from the word, in any case and before the quotes that a name may need. */
    private static boolean startsWith(String offer, String word) {
        return offer.regionMatches(true, 0, word, 0, word.length())
                || (offer.startsWith("`") && offer.regionMatches(true, 1, word, 0, word.length()));
    }

    /** JLine's own would drop what begins with a quote that the word has not. */
    static final class Matcher implements CompletionMatcher {
        private List<Candidate> matching = List.of();
        private String word = "";

        @Override
        public void compile(
                Map<LineReader.Option, Boolean> options,
                boolean prefix,
                CompletingParsedLine line,
                boolean caseInsensitive,
                int errors,
                String originalGroupName) {
            word = line.word();
        }

        @Override
        public List<Candidate> matches(List<Candidate> candidates) {
            matching = candidates;
            return candidates;
        }

        @Override
        @SuppressWarnings("NullAway") // JLine takes null for "none"
        public Candidate exactMatch() {
            return matching.stream()
                    .filter(candidate -> candidate.value().equals(word))
                    .findFirst()
                    .orElse(null);
        }

        /** What all have in common, in their own spelling; else the word stays. */
        @Override
        public String getCommonPrefix() {
            var common = matching.isEmpty() ? word : matching.get(0).value();
            for (var candidate : matching) {
                common = common(common, candidate.value());
            }
            return common.length() < word.length() ? word : common;
        }

        private static String common(String one, String other) {
            var length = 0;
            while (length < Math.min(one.length(), other.length()) && one.charAt(length) == other.charAt(length)) {
                length++;
            }
            return one.substring(0, length);
        }
    }
}
