package dev.questline.bench;

import dev.questline.bench.lab.LoadRun;
import dev.questline.bench.lab.Machine;
import dev.questline.bench.lab.Rounds;
import dev.questline.bench.lab.Side;
import dev.questline.bench.lab.Tool;
import dev.questline.bench.lab.Wrk;
import dev.questline.bench.report.Section;
import dev.questline.bench.report.Unit;
import java.util.List;

/** The classic server: Flask with kafka-python, which answers before the broker has the event. */
final class Classic implements Comparison {
    private static final List<Integer> CONNECTIONS = List.of(64, 256);
    private static final int WORKERS = 4;
    private static final String OURS = "questline collect";

    private record Cell(Side side, int connections) {
        String name() {
            return side.name() + ", c=" + connections;
        }

        Cell of(Side other) {
            return new Cell(other, connections);
        }
    }

    @Override
    public String name() {
        return "classic";
    }

    @Override
    public String about() {
        return "Flask with kafka-python, by `flask run` and by gunicorn";
    }

    @Override
    public List<Tool> tools() {
        return List.of(Tool.WRK, Tool.FLASK, Tool.KAFKA_PYTHON, Tool.GUNICORN);
    }

    @Override
    public String title() {
        return "The classic server";
    }

    @Override
    public void run(Trial trial, Section section) throws Exception {
        try (var broker = trial.servers().broker();
                var collect = trial.servers().collector(broker);
                var flaskRun = trial.servers().flask(broker);
                var workers = trial.servers().gunicorn(broker, WORKERS)) {
            var ours = new Side(OURS, collect);
            var flask = new Side("flask run", flaskRun);
            var gunicorn = new Side("gunicorn, " + WORKERS + " workers", workers);
            var sides = List.of(ours, flask, gunicorn);
            var cells = CONNECTIONS.stream()
                    .flatMap(connections -> sides.stream().map(side -> new Cell(side, connections)))
                    .toList();
            Wrk.of(trial.lab(), 64).run(collect.url(), trial.effort().warmUpSeconds());
            report(section, Rounds.of(trial.effort().rounds(), cells, cell -> measure(trial, cell)), flask, gunicorn);
        }
    }

    private static LoadRun measure(Trial trial, Cell cell) throws Exception {
        var server = cell.side().server();
        var wrk = Wrk.of(trial.lab(), cell.connections());
        var run = LoadRun.ofFamily(
                server, () -> wrk.run(server.url(), trial.effort().seconds()));
        trial.progress().say("classic: " + cell.name() + ": " + Unit.PER_SECOND.show(run.rate()));
        return run;
    }

    private static void report(Section section, Rounds<Cell, LoadRun> rounds, Side flask, Side gunicorn) {
        section.text(
                "`bench/src/main/python/classic.py`, a dozen lines on Debian's packages. It answers before the broker"
                        + " has the event; ours after. The ratio is to " + flask.name() + " with as many connections.");
        var table = new LoadTable(section);
        var busy = section.boundTable("of " + Machine.cores() + " processors", "busy");
        for (var cell : rounds.sides()) {
            table.add(cell.name(), rounds, cell, cell.of(flask));
            busy.add(
                    cell.name(),
                    Unit.RATIO.show(rounds.median(
                            cell, run -> run.cpuSeconds() / run.answered().seconds())));
            if (cell.side().name().equals(OURS)) {
                compareWithTarget(section, rounds, cell, flask, 100);
                compareWithTarget(section, rounds, cell, gunicorn, 10);
            }
        }
        section.bound(
                "One Python interpreter keeps one processor busy, whatever its threads; each of gunicorn's workers is "
                        + "one.");
    }

    private static void compareWithTarget(
            Section section, Rounds<Cell, LoadRun> rounds, Cell ours, Side other, int wanted) {
        section.atLeast(
                "times " + other.name() + ", c=" + ours.connections(),
                LoadTable.ratio(rounds, ours, ours.of(other)),
                wanted,
                Unit.TIMES);
    }
}
