package dev.questline.event;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import org.apache.commons.text.similarity.DamerauLevenshteinDistance;

/** Suggestions for misspelt names. */
public final class DidYouMean {
    private DidYouMean() {}

    /**
     * A sentence to append to an error: {@code "; did you mean 'port'?"} when a name is near, else the list of what is
     * allowed, else nothing. Case does not count as a difference.
     */
    public static String hint(String given, Collection<String> allowed) {
        var distance = new DamerauLevenshteinDistance(); // by which swapped letters are one error
        var wanted = given.toLowerCase(Locale.ROOT);
        return allowed.stream()
                .map(name -> new Candidate(name, distance.apply(wanted, name.toLowerCase(Locale.ROOT))))
                .filter(candidate -> candidate.distance() <= Math.max(1, given.length() / 3))
                .min(Comparator.comparingInt(Candidate::distance))
                .map(candidate -> "; did you mean '" + candidate.name() + "'?")
                .orElse(allowed.isEmpty() ? "" : "; allowed are " + String.join(", ", allowed));
    }

    private record Candidate(String name, int distance) {}
}
