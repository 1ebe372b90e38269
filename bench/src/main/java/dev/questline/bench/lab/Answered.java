package dev.questline.bench.lab;

/**
 * What a generator of load got.
 *
 * @param good answers of 2xx; 3xx too, of which no side has any
 * @param refused other answers
 * @param broken requests without an answer
 */
public record Answered(long good, long refused, long broken, double seconds, double p50Millis, double p99Millis) {
    public double rate() {
        return good / seconds;
    }

    /** Whether every request got its 2xx. */
    public boolean isClean() {
        return refused == 0 && broken == 0;
    }
}
