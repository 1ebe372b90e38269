package dev.questline.bench;

import dev.questline.bench.lab.Answers;
import dev.questline.bench.lab.Broker;
import dev.questline.bench.lab.Heap;
import dev.questline.bench.lab.LoadRun;
import dev.questline.bench.lab.Server;
import dev.questline.bench.lab.Side;
import dev.questline.bench.lab.Tool;
import dev.questline.bench.lab.Wrk;
import dev.questline.bench.report.Section;
import dev.questline.bench.report.Unit;
import java.io.IOException;
import java.util.List;

/** Single-event requests, acknowledged, against an empty server. */
final class SingleEvents implements Comparison {
    private static final int FULL_RATE = 256;
    private static final double WANTED_MEGABYTES = 150;

    @Override
    public String name() {
        return "events";
    }

    @Override
    public String about() {
        return "single events, acknowledged, at 64 and 256 connections, against an empty server";
    }

    @Override
    public List<Tool> tools() {
        return List.of(Tool.WRK);
    }

    @Override
    public String title() {
        return "Single events, acknowledged";
    }

    @Override
    public void run(Trial trial, Section section) throws Exception {
        section.text("""
                wrk with two threads over kept connections. *empty*: the same framework, options, event loops and bytes,
                and nothing behind; the ratio is to it. *bare*: the empty server that answers once one producer's record is
                acknowledged, with no id, receipt, bound, metric or access log: what the acknowledgement itself costs.
                *collect*: `questline collect`, its access log in a file, its broker
                in a process of its own. *up*: collector and broker in the one process of `questline up`, whose processor
                time holds the broker's, with Spark idle beside it. *with a key*: an `Idempotency-Key` of its own in each
                request. All are up at once, loaded in turn.""");
        try (var broker = trial.servers().broker();
                var empty = trial.servers().empty();
                var bare = trial.servers().bare(broker);
                var collect = trial.servers().collector(broker);
                var up = trial.servers().stack()) {
            compareAnswers(section, empty, collect);
            new SingleEventRates(
                            trial,
                            new Side("empty", empty),
                            new Side("bare", bare),
                            new Side("collect", collect),
                            new Side("up", up.server()))
                    .measure(section);
            observe(trial, section, collect, broker);
        }
    }

    /** Other bytes would be another comparison. */
    private static void compareAnswers(Section section, Server empty, Server collect)
            throws IOException, InterruptedException {
        var nothing = Answers.await(empty);
        var event = Answers.await(collect);
        var expected = nothing.headers().map().keySet();
        var found = event.headers().map().keySet();
        if (!found.equals(expected) || !event.body().equals(nothing.body())) {
            section.text("**The answers differ**: the collector's headers are " + found + ", the empty server's "
                    + expected + ".");
        }
    }

    /** Heap and profile: in runs of their own, as looking costs. */
    private static void observe(Trial trial, Section section, Server collect, Broker broker)
            throws IOException, InterruptedException {
        LoadRun.Load load = () -> Wrk.of(trial.lab(), FULL_RATE)
                .run(collect.url(), 2 * trial.effort().seconds());
        trial.progress().say("events: the heap");
        var heap = Heap.during(trial.lab(), collect, load);
        section.atMost(
                "the collector's heap at full rate, garbage included", heap.peak(), WANTED_MEGABYTES, Unit.MEGABYTES);
        section.text("Heap of *collect* at " + FULL_RATE + " connections: at most " + Unit.MEGABYTES.show(heap.peak())
                + " used, " + Unit.MEGABYTES.show(heap.committed()) + " taken from the system, "
                + Unit.MEGABYTES.show(heap.live()) + " left by a collection after it.");
        trial.progress().say("events: the profile");
        section.bound("*collect* at " + FULL_RATE + " connections:");
        new Bounds(trial, section, collect, broker, load).find();
    }
}
