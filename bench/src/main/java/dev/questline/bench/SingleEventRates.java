package dev.questline.bench;

import dev.questline.bench.lab.LoadRun;
import dev.questline.bench.lab.Rounds;
import dev.questline.bench.lab.Side;
import dev.questline.bench.lab.Wrk;
import dev.questline.bench.report.Section;
import dev.questline.bench.report.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rates of single events: each side at each number of connections, without and with a client's key. */
record SingleEventRates(Trial trial, Side empty, Side bare, Side collect, Side up) {
    private static final double WANTED_CPU_SECONDS = 1.3;

    /** How many connections, and the share of the empty server's rate that is wanted with them. */
    private enum Load {
        SOME(64, 0.5),
        MANY(256, 0.8);

        private final int connections;
        private final double wantedShare;

        Load(int connections, double wantedShare) {
            this.connections = connections;
            this.wantedShare = wantedShare;
        }
    }

    /** What is measured in turn. */
    private record Cell(Side side, Load load, boolean withKey) {
        String name() {
            return side.name() + ", c=" + load.connections + (withKey ? ", with a key" : "");
        }

        Cell of(Side other) {
            return new Cell(other, load, withKey);
        }
    }

    void measure(Section section) throws Exception {
        warmUp();
        var rounds = Rounds.of(trial.effort().rounds(), cells(), this::measure);
        var table = new LoadTable(section);
        for (var cell : rounds.sides()) {
            table.add(cell.name(), rounds, cell, cell.of(empty));
            if (cell.side().equals(collect)) {
                compareWithTargets(section, rounds, cell);
            }
        }
        compareWithBare(section, rounds);
    }

    private void compareWithBare(Section section, Rounds<Cell, LoadRun> rounds) {
        for (var load : Load.values()) {
            var cell = new Cell(collect, load, false);
            section.text(
                    "Of *bare*'s rate, *collect* has " + Unit.RATIO.show(LoadTable.ratio(rounds, cell, cell.of(bare)))
                            + " at " + load.connections + " connections.");
        }
    }

    private void warmUp() throws Exception {
        var half = Math.max(1, trial.effort().warmUpSeconds() / 2);
        for (var side : List.of(empty, bare, collect, up)) {
            trial.progress().say("events: warming up " + side.name());
            wrk(new Cell(side, Load.SOME, false)).run(side.server().url(), half);
            wrk(new Cell(side, Load.MANY, true)).run(side.server().url(), half);
        }
    }

    private List<Cell> cells() {
        var cells = new ArrayList<Cell>();
        for (var load : Load.values()) {
            for (var side : List.of(empty, bare, collect, up)) {
                cells.add(new Cell(side, load, false));
            }
            for (var side : List.of(empty, collect, up)) {
                cells.add(new Cell(side, load, true));
            }
        }
        return cells;
    }

    private LoadRun measure(Cell cell) throws Exception {
        var server = cell.side().server();
        var run = LoadRun.of(
                server, () -> wrk(cell).run(server.url(), trial.effort().seconds()));
        trial.progress().say("events: " + cell.name() + ": " + Unit.PER_SECOND.show(run.rate()));
        return run;
    }

    private Wrk wrk(Cell cell) {
        return new Wrk(trial.lab(), cell.load().connections, cell.withKey(), Optional.empty());
    }

    private void compareWithTargets(Section section, Rounds<Cell, LoadRun> rounds, Cell cell) {
        section.atLeast(
                "of the empty server's rate: " + cell.name(),
                LoadTable.ratio(rounds, cell, cell.of(empty)),
                cell.load().wantedShare,
                Unit.RATIO);
        section.atMost(
                "the collector's CPU per 100,000 events: " + cell.name(),
                rounds.median(cell, LoadRun::cpuSecondsPer100k),
                WANTED_CPU_SECONDS,
                Unit.SECONDS);
    }
}
