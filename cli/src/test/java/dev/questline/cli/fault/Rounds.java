package dev.questline.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.questline.cli.fault.LogCheck.Found;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The rounds of one fault: how many, and what came of them, in one line at the end. */
final class Rounds {
    /** So many rounds of each fault; without it a few. */
    private static final int WANTED = Integer.getInteger("questline.rounds", 0);

    /** A fault whose round takes half a minute gets this part of them. */
    private static final int LONG_ROUND = 10;

    private final String fault;
    private final int count;
    private final List<Duration> recoveries = new ArrayList<>();
    private int done;
    private long acknowledged;
    private long lost;
    private long duplicated;

    private Rounds(String fault, int count) {
        this.fault = fault;
        this.count = count;
    }

    static Rounds of(String fault, int usually) {
        return new Rounds(fault, WANTED > 0 ? WANTED : usually);
    }

    static Rounds ofLong(String fault, int usually) {
        return new Rounds(fault, WANTED > 0 ? Math.max(1, WANTED / LONG_ROUND) : usually);
    }

    /** Whether the profile {@code long} is in force. */
    static boolean areMany() {
        return WANTED > 0;
    }

    /** A round that can throw what it likes. */
    interface Round {
        void run(int number) throws Exception;
    }

    void run(Round round) throws Exception {
        try {
            for (int i = 0; i < count; i++) {
                round.run(i);
                done++;
            }
        } finally {
            System.out.printf(
                    "FAULT %s: %d rounds, %d acknowledged, %d lost, %d duplicated%s%n",
                    fault, done, acknowledged, lost, duplicated, recovered());
        }
    }

    /** Nothing acknowledged may be missing, and nothing may stand twice. */
    void settle(Found found) {
        acknowledged += found.acknowledged();
        lost += found.lost();
        duplicated += found.duplicated();
        assertThat(found.acknowledged()).as("acknowledged").isPositive();
        assertThat(found.lost()).as("lost, such as " + found.examples()).isZero();
        assertThat(found.doubled()).as("duplicated").isEmpty();
    }

    /** So long after the broker could take events the collector did. */
    void recovered(long possibleFrom, long acknowledgedFrom) {
        var time = Duration.ofNanos(Math.max(0, acknowledgedFrom - possibleFrom));
        recoveries.add(time);
        assertThat(time).as("time to recover").isLessThan(Promise.RECOVERY);
    }

    private String recovered() {
        if (recoveries.isEmpty()) {
            return "";
        }
        var sorted = recoveries.stream().sorted().map(Duration::toMillis).toList();
        return "; recovered within ms: "
                + (sorted.size() > 10
                        ? "median " + sorted.get(sorted.size() / 2) + ", longest " + sorted.get(sorted.size() - 1)
                        : sorted.stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }
}
