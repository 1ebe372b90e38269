package dev.questline.bench;

import dev.questline.bench.lab.LoadRun;
import dev.questline.bench.lab.Machine;
import dev.questline.bench.lab.MachineTimes;
import dev.questline.bench.lab.QuestlineLoad;
import dev.questline.bench.lab.QuestlineLoad.Paced;
import dev.questline.bench.lab.Rounds;
import dev.questline.bench.lab.Server;
import dev.questline.bench.lab.Side;
import dev.questline.bench.lab.Tool;
import dev.questline.bench.lab.Wrk;
import dev.questline.bench.report.Section;
import dev.questline.bench.report.Table;
import dev.questline.bench.report.Unit;
import java.util.List;

/** How long an answer takes at half the maximum rate, by an open loop. */
final class Latency implements Comparison {
    private static final int CONNECTIONS = 256;
    private static final double WANTED_P99_MILLIS = 10;

    private static final String COLLECT = "collect";

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
                var empty = trial.servers().empty();
                var collect = trial.servers().collector(broker)) {
            var sides = List.of(new Side("empty", empty), new Side(COLLECT, collect));
            var half = (long) maximumRate(trial, collect) / 2;
            trial.progress().say("latency: at " + half + "/s");
            Rounds.of(1, sides, side -> load(trial, side.server(), half)); // warm-up
            report(section, Rounds.of(trial.effort().rounds(), sides, side -> load(trial, side.server(), half)), half);
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

    private static Run load(Trial trial, Server server, long perSecond) throws Exception {
        var paced = new Paced[1];
        var run = LoadRun.of(server, () -> {
            paced[0] = new QuestlineLoad(trial.lab(), CONNECTIONS)
                    .run(server.url(), 4 * trial.effort().seconds(), perSecond);
            return paced[0].answered();
        });
        return new Run(paced[0], run.cpuSecondsPer100k(), run.machine());
    }

    private static void report(Section section, Rounds<Side, Run> rounds, long perSecond) {
        section.text(
                "`questline load --rate " + perSecond + "` (half the median of what wrk reached) over " + CONNECTIONS
                        + " kept connections, open before the first request, against `questline collect` and in turn"
                        + " against the empty server, whose percentiles are the machine's own and the generator's."
                        + " A request's time counts from when it was due.");
        var table = section.table(
                "server", "2xx/s", "p50", "p99", "p99.9", "max", "CPU s per 100,000", "stolen", "not 2xx");
        for (var side : rounds.sides()) {
            rounds.of(side).forEach(run -> add(table, side.name(), run));
            section.text("Medians of *" + side.name() + "*: " + medians(rounds, side) + ".");
            if (side.name().equals(COLLECT)) {
                judge(section, rounds, side);
            }
        }
    }

    private static void judge(Section section, Rounds<Side, Run> rounds, Side collect) {
        section.atMost(
                "p99 at half the maximum rate",
                rounds.median(collect, Latency::p99),
                WANTED_P99_MILLIS,
                Unit.MILLISECONDS);
        section.bound("At this rate "
                + Unit.RATIO.show(rounds.median(collect, run -> run.machine().busyShare() * Machine.cores()))
                + " of " + Machine.cores() + " processors are busy, the generator's work included.");
    }

    private static void add(Table table, String server, Run run) {
        var answered = run.paced().answered();
        table.add(
                server,
                Unit.PER_SECOND.show(answered.rate()),
                Unit.MILLISECONDS.show(answered.p50Millis()),
                Unit.MILLISECONDS.show(answered.p99Millis()),
                Unit.MILLISECONDS.show(run.paced().p999Millis()),
                Unit.MILLISECONDS.show(run.paced().maxMillis()),
                Unit.RATIO.show(run.cpuSecondsPer100k()),
                Unit.PERCENT.show(run.machine().stolenPercent()),
                answered.refused() + answered.broken());
    }

    private static String medians(Rounds<Side, Run> rounds, Side server) {
        return "p50 "
                + Unit.MILLISECONDS.show(
                        rounds.median(server, run -> run.paced().answered().p50Millis()))
                + ", p99 " + Unit.MILLISECONDS.show(rounds.median(server, Latency::p99)) + ", p99.9 "
                + Unit.MILLISECONDS.show(
                        rounds.median(server, run -> run.paced().p999Millis()));
    }

    private static double p99(Run run) {
        return run.paced().answered().p99Millis();
    }
}
