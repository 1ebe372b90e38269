package dev.questline.query;

import java.util.List;
import java.util.Map;
import org.jline.reader.Candidate;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.CompletionMatcher;
import org.jline.reader.LineReader;

/** JLine's own would drop what begins with a quote that the word has not. */
public final class OfferMatcher implements CompletionMatcher {
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
