package dev.questline.bench;

import dev.questline.bench.lab.AnsweringProgram;
import dev.questline.bench.lab.Engine;
import dev.questline.bench.lab.Lab;
import dev.questline.bench.lab.Machine;
import dev.questline.bench.lab.Median;
import dev.questline.bench.lab.QueryService;
import dev.questline.bench.lab.Rounds;
import dev.questline.bench.lab.Stack;
import dev.questline.bench.lab.Tool;
import dev.questline.bench.part.BareSparkPart;
import dev.questline.bench.part.DuckDbPart;
import dev.questline.bench.part.Purchases;
import dev.questline.bench.report.Section;
import dev.questline.bench.report.Unit;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Warm statements through the query service of a stack, against Spark by itself, and DuckDB. */
final class Statements implements Comparison {
    private static final Duration WRITE_LIMIT = Duration.ofMinutes(3);

    /** How often a statement is run for one figure. */
    private static final int TIMES = 10;

    private static final double WANTED_OF_BARE = 1.2;

    /** What is asked. */
    private enum Question {
        GROUP_BY("group-by", "select Host, count(*) as n from purchases group by Host order by n desc, Host limit 20"),
        FILTER(
                "filter",
                "select * from purchases where event_type = 'purchase_knife' and Host = 'user00042.comcast.com'"
                        + " order by timestamp");

        private final String title;
        private final String statement;

        Question(String title, String statement) {
            this.title = title;
            this.statement = statement;
        }
    }

    private record Asked(Question question, Engine engine) {}

    /** Medians of one statement run some times. */
    private record Timed(int rows, double seconds, double cpuSeconds) {}

    @Override
    public String name() {
        return "query";
    }

    @Override
    public String about() {
        return "warm SQL through a running stack, against Spark by itself and DuckDB";
    }

    @Override
    public List<Tool> tools() {
        return List.of();
    }

    @Override
    public String title() {
        return "Warm SQL";
    }

    @Override
    public void run(Trial trial, Section section) throws Exception {
        try (var stack = trial.servers().stack()) {
            trial.progress().say("query: writing the rows");
            trial.lab().run("rows", WRITE_LIMIT, writer(trial, stack));
            try (var spark = trial.lab().start("bare-spark", bareSpark(trial.lab(), stack));
                    var duckDb = trial.lab().start("duckdb", duckDb(trial.lab(), stack))) {
                var service = new QueryService(stack);
                var bare = new AnsweringProgram("Spark by itself", spark);
                var engines = List.of(service, bare, new AnsweringProgram("DuckDB", duckDb));
                trial.progress().say("query: warming up");
                warmUp(service, trial.effort().warmUpSeconds());
                warmUp(bare, trial.effort().warmUpSeconds());
                checkAlike(engines);
                report(trial, section, measure(trial, engines), service, bare);
            }
        }
    }

    private static List<String> writer(Trial trial, Stack stack) {
        var rows = Integer.toString(trial.effort().rowsToAsk());
        return trial.lab()
                .checkout()
                .spark(List.of("-Xmx1g"), Purchases.class, stack.project().toString(), rows);
    }

    private static List<String> bareSpark(Lab lab, Stack stack) throws IOException {
        var folder = Purchases.folder(stack.project()).toString();
        return lab.checkout().spark(stack.sparkFlags(), BareSparkPart.class, folder, Integer.toString(Machine.cores()));
    }

    private static List<String> duckDb(Lab lab, Stack stack) throws IOException {
        return lab.checkout()
                .duckDb(DuckDbPart.class, Purchases.folder(stack.project()).toString());
    }

    private static void warmUp(Engine engine, int seconds) throws IOException, InterruptedException {
        var end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        while (System.nanoTime() < end) {
            for (var question : Question.values()) {
                engine.ask(question.statement);
            }
        }
    }

    private static void checkAlike(List<? extends Engine> engines) throws IOException, InterruptedException {
        for (var question : Question.values()) {
            var rows = new HashSet<Integer>();
            for (var engine : engines) {
                rows.add(engine.ask(question.statement).rows());
            }
            if (rows.size() > 1) {
                throw new IOException("the sides give different rows for " + question.title + ": " + rows);
            }
        }
    }

    private static Rounds<Asked, Timed> measure(Trial trial, List<? extends Engine> engines) throws Exception {
        var sides = new ArrayList<Asked>();
        for (var question : Question.values()) {
            engines.forEach(engine -> sides.add(new Asked(question, engine)));
        }
        return Rounds.of(trial.effort().rounds(), sides, side -> time(trial, side));
    }

    private static Timed time(Trial trial, Asked side) throws IOException, InterruptedException {
        var answers = new ArrayList<Engine.Answer>();
        for (var i = 0; i < TIMES; i++) {
            answers.add(side.engine().ask(side.question().statement));
        }
        var timed = new Timed(
                answers.get(0).rows(),
                median(answers, Engine.Answer::seconds),
                answers.stream().mapToDouble(Engine.Answer::cpuSeconds).sum() / TIMES);
        trial.progress()
                .say("query: " + side.question().title + ": " + side.engine().name() + ": "
                        + Unit.MILLISECONDS.show(1e3 * timed.seconds()));
        return timed;
    }

    private static double median(List<Engine.Answer> answers, ToDoubleFunction<Engine.Answer> figure) {
        return Median.of(
                answers.stream().map(answer -> figure.applyAsDouble(answer)).toList());
    }

    private static void report(Trial trial, Section section, Rounds<Asked, Timed> rounds, Engine service, Engine bare) {
        section.text(String.format(
                Locale.ROOT,
                "%,d rows of six columns in four Parquet files, warm, each figure the median of %d statements in turn with the"
                        + " other sides. `sql` is asked as the command asks it, from connecting to the last row of the table"
                        + " printed; the others take their time in their own processes, to the last row read. Spark by"
                        + " itself has the same flags, and reads the folder's list of files anew for each statement too. DuckDB"
                        + " is the distance to go.",
                trial.effort().rowsToAsk(),
                TIMES));
        for (var question : Question.values()) {
            section.text("**" + question.title + "**: `" + question.statement + "`");
            var table = section.table("", "each round", "median", "of Spark by itself", "CPU", "rows");
            var ofBare = seconds(rounds, question, bare);
            rounds.sides().stream()
                    .filter(side -> side.question() == question)
                    .forEach(side -> table.add(
                            side.engine().name(),
                            Unit.MILLISECONDS.each(rounds.values(side, timed -> 1e3 * timed.seconds())),
                            Unit.MILLISECONDS.show(1e3 * rounds.median(side, Timed::seconds)),
                            Unit.RATIO.show(rounds.median(side, Timed::seconds) / ofBare),
                            Unit.MILLISECONDS.show(1e3 * rounds.median(side, Timed::cpuSeconds)),
                            rounds.of(side).get(0).rows()));
            section.atMost(
                    "warm " + question.title + " by a stack, of Spark by itself",
                    seconds(rounds, question, service) / ofBare,
                    WANTED_OF_BARE,
                    Unit.RATIO);
        }
    }

    private static double seconds(Rounds<Asked, Timed> rounds, Question question, Engine engine) {
        return rounds.median(new Asked(question, engine), Timed::seconds);
    }
}
