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
    private static final int CONNECTIONS = 64;
    private static final int WORKERS = 4;

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
            var ours = new Side("questline collect", collect);
            var flask = new Side("flask run", flaskRun);
            var gunicorn = new Side("gunicorn, " + WORKERS + " workers", workers);
            var wrk = Wrk.of(trial.lab(), CONNECTIONS);
            wrk.run(collect.url(), trial.effort().warmUpSeconds());
            var rounds = Rounds.of(
                    trial.effort().rounds(), List.of(ours, flask, gunicorn), side -> measure(trial, side, wrk));
            report(section, rounds, ours, flask, gunicorn);
        }
    }

    private static LoadRun measure(Trial trial, Side side, Wrk wrk) throws Exception {
        var url = side.server().url();
        var run = LoadRun.ofFamily(
                side.server(), () -> wrk.run(url, trial.effort().seconds()));
        trial.progress().say("classic: " + side.name() + ": " + Unit.PER_SECOND.show(run.rate()));
        return run;
    }

    private static void report(Section section, Rounds<Side, LoadRun> rounds, Side ours, Side flask, Side gunicorn) {
        section.text("`bench/src/main/python/classic.py`, a dozen lines on Debian's packages, with " + CONNECTIONS
                + " connections. It answers before the broker has the event; ours after. The ratio is to "
                + flask.name()
                + ".");
        var table = new LoadTable(section);
        rounds.sides().forEach(side -> table.add(side.name(), rounds, side, flask));
        section.atLeast("times " + flask.name(), LoadTable.ratio(rounds, ours, flask), 100, Unit.TIMES);
        section.atLeast("times " + gunicorn.name(), LoadTable.ratio(rounds, ours, gunicorn), 10, Unit.TIMES);
        var busy = section.boundTable("of " + Machine.cores() + " processors", "busy");
        rounds.sides()
                .forEach(side -> busy.add(
                        side.name(),
                        Unit.RATIO.show(rounds.median(
                                side, run -> run.cpuSeconds() / run.answered().seconds()))));
        section.bound(
                "One Python interpreter keeps one processor busy, whatever its threads; each of gunicorn's workers is "
                        + "one.");
    }
}
