package dev.questline.bench;

import dev.questline.bench.lab.Answered;
import dev.questline.bench.lab.ChildTimes;
import dev.questline.bench.lab.Machine;
import dev.questline.bench.lab.QuestlineLoad;
import dev.questline.bench.lab.Rounds;
import dev.questline.bench.lab.Server;
import dev.questline.bench.lab.Side;
import dev.questline.bench.lab.Tool;
import dev.questline.bench.lab.Wrk;
import dev.questline.bench.report.Section;
import dev.questline.bench.report.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** {@code questline load} as a generator of load, against wrk. */
final class Generator implements Comparison {
    private static final int CONNECTIONS = 64;

    private enum By {
        WRK,
        LOAD;

        private Answered run(Trial trial, Server server) throws Exception {
            var seconds = trial.effort().seconds();
            return this == WRK
                    ? Wrk.of(trial.lab(), CONNECTIONS).run(server.url(), seconds)
                    : new QuestlineLoad(trial.lab(), CONNECTIONS).run(server.url(), seconds);
        }

        @Override
        public String toString() {
            return this == WRK ? "wrk" : "questline load";
        }
    }

    private record Cell(By by, Side on) {}

    private record Run(Answered answered, double cpuSecondsPer100k) {
        double rate() {
            return answered.rate();
        }
    }

    @Override
    public String name() {
        return "generator";
    }

    @Override
    public String about() {
        return "`questline load` against wrk";
    }

    @Override
    public List<Tool> tools() {
        return List.of(Tool.WRK);
    }

    @Override
    public String title() {
        return "The generator: `questline load`";
    }

    @Override
    public void run(Trial trial, Section section) throws Exception {
        try (var broker = trial.servers().broker();
                var empty = trial.servers().empty();
                var collect = trial.servers().collector(broker)) {
            var cells = new ArrayList<Cell>();
            for (var side : List.of(new Side("empty", empty), new Side("collect", collect))) {
                Wrk.of(trial.lab(), CONNECTIONS)
                        .run(side.server().url(), trial.effort().warmUpSeconds());
                cells.add(new Cell(By.WRK, side));
                cells.add(new Cell(By.LOAD, side));
            }
            report(section, Rounds.of(trial.effort().rounds(), cells, cell -> measure(trial, cell)));
        }
    }

    private static Run measure(Trial trial, Cell cell) throws Exception {
        var cpu = ChildTimes.seconds();
        var answered = cell.by().run(trial, cell.on().server());
        var run = new Run(answered, (ChildTimes.seconds() - cpu) * 100_000 / Math.max(1, answered.good()));
        trial.progress()
                .say("generator: " + cell.by() + " on " + cell.on().name() + ": " + Unit.PER_SECOND.show(run.rate()));
        return run;
    }

    private static void report(Section section, Rounds<Cell, Run> rounds) {
        section.text("Both over " + CONNECTIONS + " kept connections in a closed loop, on the empty server and on "
                + "`questline collect`. The processor time is the generator's own, with the start of its JVM. "
                + "A generator is no bottleneck where it finds the rate that wrk finds.");
        var table = section.table("", "2xx a second, each run", "median", "to wrk", "CPU s per 100,000", "not 2xx");
        for (var cell : rounds.sides()) {
            table.add(
                    cell.by() + " on " + cell.on().name(),
                    rounds.of(cell).stream()
                            .map(run -> String.format(Locale.ROOT, "%,.0f", run.rate()))
                            .collect(Collectors.joining(" · ")),
                    Unit.PER_SECOND.show(rounds.median(cell, Run::rate)),
                    Unit.RATIO.show(
                            rounds.median(cell, Run::rate) / rounds.median(new Cell(By.WRK, cell.on()), Run::rate)),
                    Unit.RATIO.show(rounds.median(cell, Run::cpuSecondsPer100k)),
                    rounds.of(cell).stream()
                            .mapToLong(run ->
                                    run.answered().refused() + run.answered().broken())
                            .sum());
        }
        var busy = section.boundTable("of " + Machine.cores() + " processors", "busy");
        rounds.sides()
                .forEach(cell -> busy.add(
                        cell.by() + " on " + cell.on().name(),
                        Unit.RATIO.show(rounds.median(cell, run -> run.cpuSecondsPer100k() * run.rate() / 100_000))));
    }
}
