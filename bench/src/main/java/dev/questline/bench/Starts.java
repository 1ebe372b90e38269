package dev.questline.bench;

import dev.questline.bench.lab.Answers;
import dev.questline.bench.lab.Median;
import dev.questline.bench.lab.Server;
import dev.questline.bench.lab.Tool;
import dev.questline.bench.report.Section;
import dev.questline.bench.report.Table;
import dev.questline.bench.report.Unit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How long starts take. */
final class Starts implements Comparison {
    private static final int ROUNDS = 3;
    private static final Duration DEMO_LIMIT = Duration.ofMinutes(5);

    /** The seconds from a start on, and the processor time that the process itself had until then. */
    private record Taken(double seconds, double cpuSeconds) {}

    /** Starts something, waits, and stops it. */
    private interface Start {
        Taken take() throws IOException, InterruptedException;
    }

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String about() {
        return "process start to first acknowledged event, `up -d` to all ready, `demo` from start to end";
    }

    @Override
    public List<Tool> tools() {
        return List.of();
    }

    @Override
    public String title() {
        return "Starts";
    }

    @Override
    public void run(Trial trial, Section section) throws Exception {
        section.text(
                "Seconds, each time a new project. An event is acknowledged when a request that is repeated from the "
                        + "start on gets its 200. Class archives are what a stack makes in its first minutes for later starts.");
        section.bound(
                "Loading, verifying and compiling classes: the processor time in the table of starts is that of the "
                        + "process itself, over its whole life until then. What is beyond it is waiting: for other processes, for "
                        + "a broker's session, for processors that others have.");
        var table = section.table("", "each", "median", "CPU s");
        collector(trial, table);
        var bare = trial.lab()
                .checkout()
                .linkedDistribution(trial.lab().newFolder("bare").resolve("home"), false);
        stacks(trial, table, bare, "without class archives");
        if (trial.effort().withArchives()) {
            trial.progress().say("start: waiting for a stack to make its class archives");
            stacks(trial, table, trial.servers().archivedDistribution(), "with class archives");
        } else {
            section.text("Left out for the minutes it takes: the same with class archives.");
        }
        add(trial, table, "`demo`: start to end", trial.effort().withArchives() ? ROUNDS : 1, () -> demo(trial, bare));
    }

    private static void collector(Trial trial, Table table) throws IOException, InterruptedException {
        try (var broker = trial.servers().broker()) {
            add(trial, table, "`collect` to its first acknowledged event, broker running", ROUNDS, () -> {
                var begin = System.nanoTime();
                return firstEvent(trial.servers().startCollector(broker), begin);
            });
        }
    }

    private static void stacks(Trial trial, Table table, Path distribution, String which)
            throws IOException, InterruptedException {
        add(trial, table, "`up` to its first acknowledged event, " + which, ROUNDS, () -> {
            var project = trial.lab().newFolder("project");
            var begin = System.nanoTime();
            return firstEvent(trial.servers().startStack(distribution, project), begin);
        });
        add(trial, table, "`up -d` to all ready, " + which, ROUNDS, () -> ready(trial, distribution));
    }

    private static Taken firstEvent(Server server, long begin) throws IOException, InterruptedException {
        try (server) {
            Answers.await(server);
            return new Taken((System.nanoTime() - begin) / 1e9, server.process().cpuSeconds());
        }
    }

    private static Taken ready(Trial trial, Path distribution) throws IOException, InterruptedException {
        return new Taken(trial.servers().secondsUntilReady(distribution), Double.NaN);
    }

    private static Taken demo(Trial trial, Path distribution) throws IOException, InterruptedException {
        var begin = System.nanoTime();
        trial.lab()
                .run(
                        "demo",
                        DEMO_LIMIT,
                        List.of(distribution.resolve("bin/questline").toString(), "demo"));
        return new Taken((System.nanoTime() - begin) / 1e9, Double.NaN);
    }

    private static void add(Trial trial, Table table, String what, int rounds, Start start)
            throws IOException, InterruptedException {
        var all = new ArrayList<Taken>();
        for (var round = 0; round < rounds; round++) {
            all.add(start.take());
            trial.progress()
                    .say("start: " + what + ": "
                            + Unit.SECONDS.show(all.get(round).seconds()));
        }
        table.add(
                what,
                Unit.SECONDS.each(all.stream().map(Taken::seconds).toList()),
                Unit.SECONDS.show(Median.of(all.stream().map(Taken::seconds).toList())),
                Unit.SECONDS.show(Median.of(all.stream().map(Taken::cpuSeconds).toList())));
    }
}
