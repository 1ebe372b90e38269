package dev.questline.bench;

import dev.questline.bench.lab.LoadRun;
import dev.questline.bench.lab.Rounds;
import dev.questline.bench.report.Section;
import dev.questline.bench.report.Table;
import dev.questline.bench.report.Unit;
import java.util.Locale;
import java.util.stream.Collectors;

/** Rounds of load as a table: every rate that was measured, and medians. */
final class LoadTable {
    private final Table table;

    LoadTable(Section section) {
        table = section.table(
                "",
                "2xx a second, each run",
                "median",
                "ratio",
                "CPU s per 100,000",
                "p99 (closed loop)",
                "stolen",
                "not 2xx");
    }

    /** A side's row, its rate as a ratio to another side's. */
    <K> void add(String name, Rounds<K, LoadRun> rounds, K side, K reference) {
        table.add(
                name,
                rounds.of(side).stream()
                        .map(run -> String.format(Locale.ROOT, "%,.0f", run.rate()))
                        .collect(Collectors.joining(" · ")),
                String.format(Locale.ROOT, "**%,.0f**", rounds.median(side, LoadRun::rate)),
                Unit.RATIO.show(ratio(rounds, side, reference)),
                Unit.RATIO.show(rounds.median(side, LoadRun::cpuSecondsPer100k)),
                Unit.MILLISECONDS.show(rounds.median(side, run -> run.answered().p99Millis())),
                Unit.PERCENT.show(rounds.max(side, run -> run.machine().stolenPercent())),
                rounds.of(side).stream()
                        .mapToLong(
                                run -> run.answered().refused() + run.answered().broken())
                        .sum());
    }

    /** Of the medians of both rates. */
    static <K> double ratio(Rounds<K, LoadRun> rounds, K side, K reference) {
        return rounds.median(side, LoadRun::rate) / rounds.median(reference, LoadRun::rate);
    }
}
