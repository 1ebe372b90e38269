package dev.questline.bench;

import dev.questline.bench.lab.Answered;
import dev.questline.bench.lab.Rounds;
import dev.questline.bench.lab.Tool;
import dev.questline.bench.lab.Wrk;
import dev.questline.bench.report.Section;
import dev.questline.bench.report.Unit;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Any server the user names, which runs already. */
record Peer(URI url, Optional<Wrk.Post> post) implements Comparison {
    private static final int[] CONNECTIONS = {64, 256};

    private record Cell(boolean ours, int connections) {
        @Override
        public String toString() {
            return (ours ? "questline collect" : "the peer") + ", c=" + connections;
        }
    }

    @Override
    public String name() {
        return "peer";
    }

    @Override
    public String about() {
        return "the server that --peer names";
    }

    @Override
    public List<Tool> tools() {
        return List.of(Tool.WRK);
    }

    @Override
    public String title() {
        return "The peer at " + url;
    }

    @Override
    public void run(Trial trial, Section section) throws Exception {
        try (var broker = trial.servers().broker();
                var collect = trial.servers().collector(broker)) {
            var cells = List.of(
                    new Cell(true, CONNECTIONS[0]),
                    new Cell(false, CONNECTIONS[0]),
                    new Cell(true, CONNECTIONS[1]),
                    new Cell(false, CONNECTIONS[1]));
            for (var cell : cells.subList(0, 2)) {
                send(trial, cell, collect.url(), trial.effort().warmUpSeconds());
            }
            report(
                    section,
                    Rounds.of(
                            trial.effort().rounds(),
                            cells,
                            cell -> send(
                                    trial, cell, collect.url(), trial.effort().seconds())));
        }
    }

    private Answered send(Trial trial, Cell cell, URI ours, int seconds) throws Exception {
        var answered = cell.ours()
                ? Wrk.of(trial.lab(), cell.connections()).run(ours, seconds)
                : new Wrk(trial.lab(), cell.connections(), false, post).run(url, seconds);
        trial.progress().say("peer: " + cell + ": " + Unit.PER_SECOND.show(answered.rate()));
        return answered;
    }

    private void report(Section section, Rounds<Cell, Answered> rounds) {
        var table =
                section.table("", "2xx a second, each run", "median", "ours / theirs", "p99 (closed loop)", "not 2xx");
        for (var cell : rounds.sides()) {
            table.add(
                    cell,
                    rounds.of(cell).stream()
                            .map(answered -> String.format(Locale.ROOT, "%,.0f", answered.rate()))
                            .collect(Collectors.joining(" · ")),
                    Unit.PER_SECOND.show(rounds.median(cell, Answered::rate)),
                    Unit.TIMES.show(rounds.median(new Cell(true, cell.connections()), Answered::rate)
                            / rounds.median(cell, Answered::rate)),
                    Unit.MILLISECONDS.show(rounds.median(cell, Answered::p99Millis)),
                    rounds.of(cell).stream()
                            .mapToLong(answered -> answered.refused() + answered.broken())
                            .sum());
        }
    }
}
