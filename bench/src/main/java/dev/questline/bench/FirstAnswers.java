package dev.questline.bench;

import dev.questline.bench.lab.Engine;
import dev.questline.bench.lab.Finished;
import dev.questline.bench.lab.QueryService;
import dev.questline.bench.lab.Rounds;
import dev.questline.bench.lab.Stack;
import dev.questline.bench.lab.Tool;
import dev.questline.bench.report.Section;
import dev.questline.bench.report.Table;
import dev.questline.bench.report.Unit;
import java.time.Duration;
import java.util.List;

/** How long a person waits for the answer to {@code questline sql "select 1"}. */
final class FirstAnswers implements Comparison {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String STATEMENT = "select 1";
    private static final double WANTED_SECONDS = 0.6;
    private static final double WANTED_SECONDS_WITHOUT_STACK = 5;

    /** Rounds of {@link Effort} for each of the short ones. */
    private static final int TIMES = 4;

    @Override
    public String name() {
        return "sql";
    }

    @Override
    public String about() {
        return "`sql \"select 1\"`, the whole process, with and without a stack";
    }

    @Override
    public List<Tool> tools() {
        return List.of();
    }

    @Override
    public String title() {
        return "First answers";
    }

    @Override
    public void run(Trial trial, Section section) throws Exception {
        section.text(
                "`questline sql \"select 1\"` from the start of its process to its end, " + trial.archives() + ".");
        var table = section.table("", "each", "median", "CPU s");
        var distribution = trial.settledDistribution(name());
        try (var stack = trial.servers().stack(distribution)) {
            var answer = time(trial, "by a stack", TIMES * trial.effort().rounds(), stack.command("sql", STATEMENT));
            add(table, answer);
            table.add(
                    "of that the service's answer, asked by a process that is there",
                    "",
                    Unit.SECONDS.show(serviceSeconds(trial, stack)),
                    "");
            target(section, trial, answer, WANTED_SECONDS);
        }
        var project = trial.lab().newFolder("project");
        var alone = time(
                trial,
                "without a stack",
                trial.effort().rounds(),
                Stack.command(distribution, project, "sql", STATEMENT));
        add(table, alone);
        target(section, trial, alone, WANTED_SECONDS_WITHOUT_STACK);
        section.bound("Starting a JVM and loading the command's classes; without a stack also Spark's.");
    }

    private static Rounds<String, Finished> time(Trial trial, String which, int rounds, List<String> command)
            throws Exception {
        var times = Rounds.of(rounds, List.of(which), any -> Finished.of(trial.lab(), "sql", LIMIT, command));
        trial.progress().say("sql: " + which + ": " + Unit.SECONDS.show(times.median(which, Finished::seconds)));
        return times;
    }

    private static double serviceSeconds(Trial trial, Stack stack) throws Exception {
        var service = new QueryService(stack);
        return Rounds.of(TIMES * trial.effort().rounds(), List.of(service), engine -> engine.ask(STATEMENT))
                .median(service, Engine.Answer::seconds);
    }

    private static void add(Table table, Rounds<String, Finished> times) {
        for (var which : times.sides()) {
            table.add(
                    "`sql \"select 1\"` " + which,
                    Unit.SECONDS.each(times.values(which, Finished::seconds)),
                    Unit.SECONDS.show(times.median(which, Finished::seconds)),
                    Unit.SECONDS.show(times.median(which, Finished::cpuSeconds)));
        }
    }

    private static void target(Section section, Trial trial, Rounds<String, Finished> times, double wanted) {
        for (var which : times.sides()) {
            if (trial.effort().withArchives()) {
                section.atMost(
                        "`sql \"select 1\"` " + which, times.median(which, Finished::seconds), wanted, Unit.SECONDS);
            }
        }
    }
}
