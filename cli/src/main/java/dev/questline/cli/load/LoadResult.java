package dev.questline.cli.load;

import java.util.Optional;

/**
 * What came of a run.
 *
 * @param documentLength of the body of the first answer with 2xx, or else of the first at all
 * @param pace if the plan has a rate
 * @param stopped why it ended before its requests were sent, if it did other than by its time limit
 */
public record LoadResult(
        LoadPlan plan,
        Tally tally,
        double seconds,
        long documentLength,
        Optional<Pace> pace,
        Optional<String> stopped) {

    /** Each request got an answer, all of the same length, with a status of 2xx. */
    public boolean isClean() {
        return tally.failed() == 0 && tally.non2xx == 0 && stopped.isEmpty();
    }

    double requestsPerSecond() {
        return tally.complete / seconds;
    }

    double millisPerRequest() {
        return tally.complete == 0 ? 0 : seconds * 1000 / tally.complete;
    }
}
