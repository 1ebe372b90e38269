package dev.questline.cli;

import dev.questline.query.SqlOffers;
import java.util.List;
import java.util.Map;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.CompletionMatcher;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Offers what could stand in a statement, and the prompt's own commands. */
final class SqlCompleter implements Completer {
    private final SqlOffers offers;

    SqlCompleter(SqlOffers offers) {
        this.offers = offers;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        var before = line.line().substring(0, line.cursor() - line.wordCursor());
        var word = line.word();
        offers(before, word, line.line())
                .forEach(offer -> candidates.add(new Candidate(offer, offer, null, null, null, null, !isCall(offer))));
    }

    private List<String> offers(String before, String word, String statement) {
        if (!word.startsWith("\\")) {
            return offers.at(before, word, statement);
        }
        return before.isBlank()
                ? PromptCommand.names().filter(name -> name.startsWith(word)).toList()
                : List.of();
    }

    private static boolean isCall(String offer) {
        return offer.endsWith("(");
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
