package dev.questline.bench;

import dev.questline.bench.lab.Median;
import dev.questline.bench.lab.Stack;
import dev.questline.bench.lab.Tool;
import dev.questline.bench.part.Purchases;
import dev.questline.bench.report.Section;
import dev.questline.bench.report.Table;
import dev.questline.bench.report.Unit;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** How long a person waits for the notebook's kernel, and for the first table in it. */
final class Kernels implements Comparison {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int ROWS = 10_000;
    private static final double WANTED_READY = 3;
    private static final double WANTED_TABLE = 3;

    /** One start: the figures of {@code kernel.py}, in its order. */
    private record Start(double ready, double readyCpu, double table, double tableCpu) {
        static Start parse(String line) {
            var figures = List.of(line.strip().split(" ", -1)).stream()
                    .map(Double::valueOf)
                    .toList();
            return new Start(figures.get(0), figures.get(1), figures.get(2), figures.get(3));
        }
    }

    @Override
    public String name() {
        return "kernel";
    }

    @Override
    public String about() {
        return "the notebook's kernel: process start to ready, and from there to the first table";
    }

    @Override
    public List<Tool> tools() {
        return List.of(Tool.JUPYTER_CLIENT);
    }

    @Override
    public String title() {
        return "The notebook's kernel";
    }

    @Override
    public void run(Trial trial, Section section) throws Exception {
        try (var stack = trial.servers().stack(trial.settledDistribution(name()))) {
            writeTable(trial, stack);
            report(trial, section, starts(trial, stack));
        }
    }

    private static void writeTable(Trial trial, Stack stack) throws IOException, InterruptedException {
        var command = trial.lab()
                .checkout()
                .spark(List.of("-Xmx1g"), Purchases.class, stack.project().toString(), Integer.toString(ROWS));
        trial.lab().run("rows", LIMIT, command);
    }

    private static List<Start> starts(Trial trial, Stack stack) throws IOException, InterruptedException {
        var path = trial.lab()
                .run("register", LIMIT, stack.command("notebook", "--register"))
                .strip();
        var script = trial.lab().checkout().file("src/main/python/kernel.py").toString();
        var command = List.of("/usr/bin/python3", script, Purchases.TABLE);
        var starts = new ArrayList<Start>();
        for (var round = 0; round < trial.effort().rounds(); round++) {
            try (var client = trial.lab().start("kernel", command, Map.of("JUPYTER_PATH", path))) {
                var start = Start.parse(client.await(LIMIT));
                trial.progress()
                        .say("kernel: ready after " + Unit.SECONDS.show(start.ready()) + ", a table after "
                                + Unit.SECONDS.show(start.table()) + " more");
                starts.add(start);
            }
        }
        return starts;
    }

    private static void report(Trial trial, Section section, List<Start> starts) {
        section.text("Driven by Jupyter's own client, " + trial.archives() + "; a stack is idle beside it. Ready is the"
                + " kernel's first answer; the first cell is `table(\"" + Purchases.TABLE + "\")`, of a table of "
                + ROWS
                + " rows, by the Spark in the kernel's own process.");
        var table = section.table("", "each start", "median", "CPU s");
        var ready = add(table, "process start to ready", starts, Start::ready, Start::readyCpu);
        var first = add(table, "from there to the first table", starts, Start::table, Start::tableCpu);
        if (trial.effort().withArchives()) {
            section.atMost("the kernel, process start to ready", ready, WANTED_READY, Unit.SECONDS);
            section.atMost("from there to its first table", first, WANTED_TABLE, Unit.SECONDS);
        }
        section.bound(
                "The kernel answers before Java's compiler and Spark are there, which start side by side; the first"
                        + " table waits for both.");
    }

    /** Gives the median. */
    private static double add(
            Table table,
            String what,
            List<Start> starts,
            Function<Start, Double> seconds,
            Function<Start, Double> cpu) {
        var all = starts.stream().map(seconds).toList();
        table.add(
                what,
                Unit.SECONDS.each(all),
                Unit.SECONDS.show(Median.of(all)),
                Unit.SECONDS.show(Median.of(starts.stream().map(cpu).toList())));
        return Median.of(all);
    }
}
