package dev.questline.bench;

import dev.questline.bench.lab.Broker;
import dev.questline.bench.lab.ChildTimes;
import dev.questline.bench.lab.HotCode;
import dev.questline.bench.lab.LoadRun;
import dev.questline.bench.lab.Machine;
import dev.questline.bench.lab.Server;
import dev.questline.bench.lab.ThreadTimes;
import dev.questline.bench.report.Section;
import dev.questline.bench.report.Unit;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** What a server's rate is bounded by: who has the processors, and which threads and which code in the server. */
record Bounds(Trial trial, Section section, Server server, Broker broker, LoadRun.Load load) {
    /** Of 1; what is missing is the kernel's work that is counted to nobody. */
    private static final double FULL = 0.85;

    private static final int THREADS_SHOWN = 6;
    private static final int LIBRARIES_SHOWN = 8;

    void find() throws IOException, InterruptedException {
        findProcessors();
        var shares = HotCode.during(trial.lab(), server, load);
        section.bound("Its Java code, by the library nearest to the top of the stack, in shares of the samples: "
                + shares.stream()
                        .limit(LIBRARIES_SHOWN)
                        .map(share -> share.library() + " " + Unit.PERCENT.show(100 * share.share()))
                        .collect(Collectors.joining(", "))
                + ".");
    }

    private void findProcessors() throws IOException, InterruptedException {
        var brokerBegin = broker.process().cpuSeconds();
        var generatorBegin = ChildTimes.seconds();
        var threadsBegin = ThreadTimes.now(server.process().pid());
        var run = LoadRun.of(server, load);
        var threads = ThreadTimes.now(server.process().pid()).since(threadsBegin);
        var generator = ChildTimes.seconds() - generatorBegin;
        show(run, broker.process().cpuSeconds() - brokerBegin, generator);
        show(threads, run.answered().good());
    }

    private void show(LoadRun run, double brokerSeconds, double generatorSeconds) {
        var seconds = run.answered().seconds();
        var all = run.machine().busyShare() * Machine.cores();
        var ours = (run.cpuSeconds() + brokerSeconds + generatorSeconds) / seconds;
        section.boundTable("of " + Machine.cores() + " processors", "busy")
                .add("the collector", Unit.RATIO.show(run.cpuSeconds() / seconds))
                .add("the broker", Unit.RATIO.show(brokerSeconds / seconds))
                .add("the generator", Unit.RATIO.show(generatorSeconds / seconds))
                .add("others' work", Unit.RATIO.show(Math.max(0, all - ours)))
                .add("all", Unit.RATIO.show(all));
        section.bound(verdict(ours / Machine.cores(), all / Machine.cores()));
    }

    private static String verdict(double ours, double all) {
        if (ours > FULL) {
            return "The processors are full: what an event costs all three of these bounds the rate.";
        }
        return all > FULL
                ? "The processors are full, but not by this: others' work bounds the rate, which says little then."
                : "The processors are not full: waiting for the broker's acknowledgement bounds the rate.";
    }

    private void show(List<ThreadTimes.Group> threads, long events) {
        var table = section.boundTable("threads of the collector", "CPU s per 100,000", "of it in the kernel");
        for (var group : threads.subList(0, Math.min(THREADS_SHOWN, threads.size()))) {
            table.add(
                    group.name(),
                    Unit.RATIO.show(group.all() * 100_000 / Math.max(1, events)),
                    Unit.PERCENT.show(100 * group.kernel() / Math.max(1e-9, group.all())));
        }
    }
}
