package dev.questline.bench;

import dev.questline.bench.lab.LoadRun;
import dev.questline.bench.lab.Machine;
import dev.questline.bench.lab.MachineTimes;
import dev.questline.bench.lab.QuestlineLoad;
import dev.questline.bench.lab.QuestlineLoad.Paced;
import dev.questline.bench.lab.Rounds;
import dev.questline.bench.lab.Server;
import dev.questline.bench.lab.Tool;
import dev.questline.bench.lab.Wrk;
import dev.questline.bench.report.Section;
import dev.questline.bench.report.Unit;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** How long an answer takes at half the maximum rate, by an open loop. */
final class Latency implements Comparison {
    private static final int CONNECTIONS = 256;
    private static final double WANTED_P99_MILLIS = 10;
    private static final String HALF = "half";

    private record Run(Paced paced, double cpuSecondsPer100k, MachineTimes machine) {}

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public String about() {
        return "percentiles at half the maximum rate, open loop";
    }

    @Override
    public List<Tool> tools() {
        return List.of(Tool.WRK);
    }

    @Override
    public String title() {
        return "Latency at half the maximum rate";
    }

    @Override
    public void run(Trial trial, Section section) throws Exception {
        try (var broker = trial.servers().broker();
                var collect = trial.servers().collector(broker)) {
            var half = (long) maximumRate(trial, collect) / 2;
            trial.progress().say("latency: at " + half + "/s");
            load(trial, collect, half); // the first is warm-up
            var rounds = Rounds.of(trial.effort().rounds(), List.of(HALF), any -> load(trial, collect, half));
            report(section, rounds, half);
        }
    }

    private static double maximumRate(Trial trial, Server collect) throws Exception {
        var wrk = Wrk.of(trial.lab(), CONNECTIONS);
        trial.progress().say("latency: looking for the maximum rate");
        wrk.run(collect.url(), trial.effort().warmUpSeconds());
        return Rounds.of(
                        3,
                        List.of(collect),
                        server -> wrk.run(server.url(), trial.effort().seconds()))
                .median(collect, answered -> answered.rate());
    }

    private static Run load(Trial trial, Server collect, long perSecond) throws Exception {
        var paced = new Paced[1];
        var run = LoadRun.of(collect, () -> {
            paced[0] = new QuestlineLoad(trial.lab(), CONNECTIONS)
                    .run(collect.url(), 4 * trial.effort().seconds(), perSecond);
            return paced[0].answered();
        });
        return new Run(paced[0], run.cpuSecondsPer100k(), run.machine());
    }

    private static void report(Section section, Rounds<String, Run> rounds, long perSecond) {
        section.text(
                "`questline load --rate " + perSecond + "` (half the median of what wrk reached) over " + CONNECTIONS
                        + " kept connections against `questline collect`. A request's time counts from when it was due.");
        var table =
                section.table("run", "2xx/s", "p50", "p99", "p99.9", "max", "CPU s per 100,000", "stolen", "not 2xx");
        var number = 1;
        for (var run : rounds.of(HALF)) {
            var answered = run.paced().answered();
            table.add(
                    number++,
                    Unit.PER_SECOND.show(answered.rate()),
                    Unit.MILLISECONDS.show(answered.p50Millis()),
                    Unit.MILLISECONDS.show(answered.p99Millis()),
                    Unit.MILLISECONDS.show(run.paced().p999Millis()),
                    Unit.MILLISECONDS.show(run.paced().maxMillis()),
                    Unit.RATIO.show(run.cpuSecondsPer100k()),
                    Unit.PERCENT.show(run.machine().stolenPercent()),
                    answered.refused() + answered.broken());
        }
        ToDoubleFunction<Run> p99 = run -> run.paced().answered().p99Millis();
        section.atMost("p99 at half the maximum rate", rounds.median(HALF, p99), WANTED_P99_MILLIS, Unit.MILLISECONDS);
        section.text("Medians: p50 "
                + Unit.MILLISECONDS.show(
                        rounds.median(HALF, run -> run.paced().answered().p50Millis()))
                + ", p99 " + Unit.MILLISECONDS.show(rounds.median(HALF, p99)) + ", p99.9 "
                + Unit.MILLISECONDS.show(rounds.median(HALF, run -> run.paced().p999Millis())) + ".");
        section.bound("At this rate "
                + Unit.RATIO.show(rounds.median(HALF, run -> run.machine().busyShare() * Machine.cores()))
                + " of " + Machine.cores() + " processors are busy, the generator's work included.");
    }
}
