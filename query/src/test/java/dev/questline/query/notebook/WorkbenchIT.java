package dev.questline.query.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.questline.lake.TableRegistry;
import dev.questline.query.SqlOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Cells, as Jupyter, the shell and the demo run them; all in one Spark. */
class WorkbenchIT {
    @TempDir
    private static Path project;

    private static final Recorder SCREEN = new Recorder();
    private static Workbench workbench;

    @BeforeAll
    static void open() throws CellFailure {
        var options =
                CommandLine.populateCommand(new SqlOptions(), "--project", project.toString(), "--master", "local[2]");
        workbench = new Workbench(options, project, SCREEN);
        var purchases = project.resolve("purchases");
        run("spark.sql(\"select * from values ('user1.comcast.com', 3), ('user2.att.com', 1) as t(Host, swords)\")"
                + ".write().parquet(\"" + purchases + "\");");
        TableRegistry.put(
                project.resolve(".questline"), "purchases", purchases.toUri().toString());
    }

    @AfterAll
    static void close() {
        workbench.close();
    }

    private static final class Recorder implements Screen {
        private final List<Shown> shown = new CopyOnWriteArrayList<>();
        private final List<String> progress = new CopyOnWriteArrayList<>();

        @Override
        public void show(Shown value) {
            shown.add(value);
        }

        @Override
        public void progress(String line) {
            progress.add(line);
        }

        @Override
        public void clearProgress() {}

        @Override
        public void note(String line) {}
    }

    private static Shown run(String cell) throws CellFailure {
        return workbench.run(cell).orElse(null);
    }

    private static String text(String cell) throws CellFailure {
        return run(cell).text();
    }

    private static String failure(String cell) {
        try {
            run(cell);
        } catch (CellFailure e) {
            return e.text();
        }
        throw new AssertionError("does not fail: " + cell);
    }

    @Test
    void theLastLineIsShownIfItHasAValue() throws CellFailure {
        assertThat(text("int a = 20;\nint twice(int x) {\n  return 2 * x;\n}\n\ntwice(a) + 2"))
                .isEqualTo("42");
        assertThat(text("a")).isEqualTo("20");
        assertThat(text("record Point(int x, int y) {}\nnew Point(1, 2)")).isEqualTo("Point[x=1, y=2]");
        assertThat(text("new int[] {1, 2}")).isEqualTo("int[2] { 1, 2 }");
        assertThat(run("a = 21;")).isNull();
        assertThat(run("var b = List.of(1);")).isNull();
        assertThat(run("for (int i = 0; i < 3; i++) {\n}")).isNull();
        assertThat(run("// nothing\n")).isNull();
        assertThat(run("")).isNull();
        assertThat(run("String nothing = null;\nnothing")).isNull();
        assertThat(text("\"x\".repeat(1_000_000)")).hasSizeLessThan(11_000).endsWith("… (1000000 characters in all)");
    }

    @Test
    void rowsAreATableWithTypesAndALimitThatSaysSo() throws CellFailure {
        var shown = run("spark.range(101).toDF()");

        assertThat(shown.html().orElseThrow())
                .contains("id<br>", ">bigint</span>", ">99</td>")
                .doesNotContain(">100</td>")
                .contains("only the first 100 rows are shown; show(ds, N) shows N");
        assertThat(shown.text()).contains("(100 rows)\nonly the first 100 rows are shown");
        assertThat(text("spark.range(2).toDF(\"n\")")).isEqualTo("n\n-\n0\n1\n(2 rows)\n");
        run("show(spark.range(101).toDF(), 1000);");
        assertThat(SCREEN.shown.get(SCREEN.shown.size() - 1).text()).endsWith("(101 rows)\n");
    }

    @Test
    void tablesAreThoseOfSql() throws CellFailure {
        assertThat(text("table(\"purchases\").where(\"swords > 1\")")).contains("user1.comcast.com |");
        assertThat(text("sql(\"select sum(swords) as n from PURCHASES\")")).contains("4");
        assertThat(text("%%sql\nselect count(*) as n from parquet.`" + project.resolve("purchases") + "`"))
                .contains("2");
        assertThat(text("%%sql few\nselect * from purchases where swords < 2")).contains("(1 row)");
        assertThat(text("table(\"few\").first().getString(0)")).isEqualTo("user2.att.com");
        assertThat(text("%%sql select count(*) as n\nfrom purchases")).contains("2");
        assertThat(text("%%sql select\n  count(*) as n\nfrom purchases")).contains("2");
        assertThat(failure("%%sql select\n  swort from purchases")).startsWith("line 2, column 3: ");
        assertThat(failure("%%sql select swort from purchases")).startsWith("line 1, column 14: ");
        assertThat(failure("%%sql")).contains("there is no statement in the text given");
        assertThat(text("sql(\"show tables\")")).contains("events", "purchases");
        assertThat(text("sql(\"summarize purchases\")")).contains("Host", "swords");
    }

    @Test
    void anExplanationIsShownAsItIs() throws CellFailure {
        var shown = run("sql(\"explain select Host from purchases where swords < 2\")");

        assertThat(shown.text()).startsWith("== Physical Plan ==\n").contains("\n+- ");
        assertThat(shown.html().orElseThrow())
                .startsWith("<pre>== Physical Plan ==\n")
                .contains("&lt; 2")
                .endsWith("</pre>");
        assertThat(new TextScreen(System.out, System.err, false)
                        .fitted(Notebook.sql("explain select 1"))
                        .text())
                .startsWith("== Physical Plan ==\n");
    }

    @Test
    void aViewOfTheNotebooksOwnGoesFirst() throws CellFailure {
        run("table(\"purchases\").limit(1).createOrReplaceTempView(\"purchases\");");
        try {
            assertThat(text("sql(\"select count(*) as n from purchases\").first().getLong(0)"))
                    .isEqualTo("1");
            assertThat(text("table(\"purchases\").count()")).isEqualTo("1");
        } finally {
            run("spark.catalog().dropTempView(\"purchases\");");
        }
        assertThat(text("table(\"purchases\").count()")).isEqualTo("2");
    }

    /** The figures are pandas' for the same values. */
    @Test
    void describeGivesWhatPandasDoes() throws CellFailure {
        assertThat(text("describe(sql(\"select * from values ('a', 1, 1.5d, timestamp'2026-01-01 00:00:00'),"
                        + " ('b', 2, double('NaN'), null), ('a', 4, 2.5d, timestamp'2026-01-03 00:00:00'),"
                        + " (null, null, 10.0d, timestamp'9999-12-31 23:59:59') as t(s, n, d, t)\"))"))
                .isEqualTo("""
                        statistic | s    | n        | d        | t
                        ----------+------+----------+----------+--------------------
                        count     | 3    | 3        | 3        | 3
                        missing   | 1    | 1        | 1        | 1
                        unique    | 2    | NULL     | NULL     | NULL
                        top       | a    | NULL     | NULL     | NULL
                        freq      | 2    | NULL     | NULL     | NULL
                        mean      | NULL | 2.333333 | 4.666667 | 4684-01-01 23:59:59
                        std       | NULL | 1.527525 | 4.645787 | NULL
                        min       | NULL | 1        | 1.5      | 2026-01-01 00:00:00
                        25%       | NULL | 1.5      | 2        | 2026-01-02 00:00:00
                        50%       | NULL | 2        | 2.5      | 2026-01-03 00:00:00
                        75%       | NULL | 3        | 6.25     | 6013-01-01 11:59:59
                        max       | NULL | 4        | 10.0     | 9999-12-31 23:59:59
                        (12 rows)
                        """);
        assertThat(text("describe(spark.emptyDataFrame())")).contains("count");
        assertThat(text("describe(sql(\"select * from purchases limit 0\"))")).contains("count     | 0    | 0");
    }

    @Test
    void barsAreAsLongAsTheirValues() throws Exception {
        var swords = run("bar(table(\"purchases\").orderBy(\"swords\"), \"Swords\")");
        assertRatio(Marks.of(picture(swords), Marks.FIRST).bars(), 1, 3);
        assertThat(swords.text()).isEqualTo("[chart \"Swords\": swords]");

        var two = picture(
                run("bar(sql(\"select * from values ('a', 'x', 1), ('a', 'y', 2), (null, 'x', 3) as t(k, s, n)\"))"));
        assertRatio(Marks.of(two, Marks.FIRST).bars(), 1, 3);
        assertThat(Marks.of(two, Marks.SECOND).bars()).hasSize(1);
    }

    @Test
    void aHistogramHasABarForEachRange() throws Exception {
        assertRatio(
                bars("histogram(sql(\"select id % 7 as n from range(100) where id <> 6\"), \"N\")"),
                15,
                15,
                14,
                14,
                14,
                14,
                13);
        assertRatio(bars("histogram(sql(\"select explode(array(1, 1, 1, 4)) as n\"), \"n\")"), 3, 1);
        assertThat(bars("histogram(sql(\"select rand(1) * 1e-6 as `odd.name` from range(100)\"), \"odd.name\")"))
                .hasSizeBetween(10, 21);
        assertThat(bars("histogram(sql(\"select 5 as n\"), \"n\", \"One value\")"))
                .hasSize(1);
        assertThat(bars("histogram(sql(\"select 5 as n where false\"), \"n\")")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "line(sql(\"select timestamp'2026-01-01' + make_interval(0, 0, 0, 0, 0, id) t, id n from range(60)\"))",
                "line(sql(\"select cast(date'9999-12-01' + int(id) as string) t, 'a' s, id n from range(3)\"))",
            })
    void aLineGoesFromCornerToCorner(String cell) throws Exception {
        var heights = Marks.of(picture(run(cell)), Marks.FIRST).heights(0.25, 0.5, 1);

        assertRatio(heights, 1, 2, 4);
        assertThat(heights.get(2)).isGreaterThan(300);
    }

    @Test
    void aLineForEachColumn() throws Exception {
        var two = picture(run("line(sql(\"select id, 20 + id * id as squares, 3 * id as lines from range(10)\"))"));

        assertRatio(Marks.of(two, Marks.FIRST).heights(2 / 3.0, 1), 36, 81);
        assertRatio(Marks.of(two, Marks.SECOND).heights(2 / 3.0, 1), 18, 27);
    }

    private static Picture picture(Shown shown) {
        return shown.picture().orElseThrow();
    }

    private static List<Integer> bars(String cell) throws Exception {
        return Marks.of(picture(run(cell)), Marks.FIRST).bars();
    }

    /** Within the few pixels that edges take. */
    private static void assertRatio(List<Integer> heights, int... values) {
        assertThat(heights).hasSize(values.length);
        var highest = heights.stream().mapToInt(Integer::intValue).max().orElseThrow();
        var greatest = IntStream.of(values).max().orElseThrow();
        for (int i = 0; i < values.length; i++) {
            assertThat(heights.get(i))
                    .as("%s for %s", heights, values)
                    .isCloseTo(highest * values[i] / greatest, within(6));
        }
    }

    @Test
    void chartsSayWhatTheyCantShow() {
        assertThat(failure("bar(sql(\"select 'a' as a, 'b' as b\"))"))
                .startsWith("line 1: bar(…): after the first column there has to be one of numbers");
        assertThat(failure("line(sql(\"select true as a, 1 as b\"))"))
                .startsWith("line 1: line(…): the first column has to hold times or numbers; a is boolean");
        assertThat(failure("histogram(table(\"purchases\"), \"sword\")"))
                .startsWith("line 1: there is no column 'sword'; did you mean 'swords'?");
        assertThat(failure("bar(spark.range(10_000).selectExpr(\"id\", \"id as n\"))"))
                .contains("there are more than 500 rows, which nobody could see");
    }

    @Test
    void mistakesShowTheLineAndTheReason() {
        assertThat(failure("int x = 1;\nint y = z + x;")).isEqualTo("""
                line 2: cannot find symbol
                    symbol:   variable z
                  int y = z + x;
                          ^""");
        assertThat(failure("sql(\"select Hosts from purchases\")")).isEqualTo("""
                line 1, SQL line 1, column 8: there is no column 'Hosts'; did you mean 'Host'?
                  select Hosts from purchases
                         ^^^^^
                  sql("select Hosts from purchases")""");
        assertThat(failure("%%sql\nselect Host,\n  swort from purchases")).isEqualTo("""
                line 3, column 3: there is no column 'swort'; there are Host, swords
                    swort from purchases
                    ^^^^^""");
        assertThat(failure("spark.range(3)\n  .selectExpr(\"1 / id as x\")\n  .collectAsList()"))
                .startsWith("line 3: SparkArithmeticException: ")
                .contains("Division by zero")
                .doesNotContain("\tat ", "Driver stacktrace");
        assertThat(failure("table(\"purchase\")"))
                .contains("there is no table 'purchase'", "did you mean 'purchases'?");
        assertThat(failure("sql(\"drop table purchases\")")).contains("DROP TABLE is not allowed");
        assertThat(failure("throw new Exception();")).startsWith("line 1: Exception");
        assertThat(failure("int one = 1;\nvar much = new long[Integer.MAX_VALUE];"))
                .isEqualTo("""
                line 2: OutOfMemoryError: the memory is not enough; take fewer rows, or raise the setting spark.memory
                  var much = new long[Integer.MAX_VALUE];""");
    }

    @Test
    void anErrorInAnEarlierCellsMethodShowsBothPlaces() throws CellFailure {
        run("\n\nint divide(int a, int b) {\n  return a / b;\n}");

        assertThat(failure("int one = 1;\ndivide(one, 0)"))
                .matches("line 2: ArithmeticException: / by zero\n  divide\\(one, 0\\)\n"
                        + "    cell \\d+, line 4: return a / b;");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "while (true) {}",
                "Thread.sleep(600_000);",
                "sql(\"select count(*) from range(1000000000000) where hash(id) = 3\").count()",
                "sql(\"select count(*) from range(1000000000000) where hash(id) = 3\")",
            })
    void anInterruptEndsTheCellAlone(String cell) throws Exception {
        run("int kept = 7;");
        var running = new Thread(() -> {
            while (!Thread.interrupted()) {
                workbench.interrupt();
                Thread.onSpinWait();
                try {
                    Thread.sleep(200);
                } catch (InterruptedException e) {
                    return;
                }
            }
        });
        running.start();
        try {
            assertThatThrownBy(() -> run(cell)).isInstanceOf(CellFailure.class).hasMessage("interrupted");
        } finally {
            running.interrupt();
            running.join();
        }
        assertThat(text("kept + spark.range(3).count()")).isEqualTo("10");
    }

    @Test
    void aLongJobShowsHowFarItIs() throws CellFailure {
        SCREEN.progress.clear();
        run("spark.range(0, 40, 1, 20).foreach(new dev.questline.query.notebook.Nap())");
        assertThat(SCREEN.progress).anyMatch(line -> line.matches("\\[.*] \\d+% \\(\\d+/20 tasks\\)"));
    }

    @Test
    void completesAndExplains() throws CellFailure {
        run("var rows = spark.range(3).toDF();");

        assertThat(workbench.complete("int i = 1;\nrows.group", 21))
                .isEqualTo(new Evaluator.Completions(16, List.of("groupBy(", "groupByKey(", "groupingSets(")));
        assertThat(workbench.complete("sql(\"select * from pur", 22).texts()).containsExactly("purchases");
        assertThat(workbench.complete("table(\"pur\")", 10).texts()).containsExactly("purchases");
        assertThat(workbench.complete("%%sql\nselect sw\nfrom purchases", 15))
                .isEqualTo(new Evaluator.Completions(13, List.of("swords")));
        assertThat(workbench.complete("sql(\"select Ho from purchases where swords > 1\").cou", 14))
                .isEqualTo(new Evaluator.Completions(12, List.of("Host", "hour(")));
        assertThat(workbench
                        .complete("sql(\"\"\"\n  select \"a\", max(sw\n  from purchases\"\"\")", 28)
                        .texts())
                .containsExactly("swords");
        assertThat(workbench.complete("sql(\"select 1\").cou", 19).texts()).contains("count()");
        assertThat(workbench.complete("%%sql\nsel", 9)).isEqualTo(new Evaluator.Completions(6, List.of("select")));
        assertThat(workbench.evaluator().inspect("describe(rows)", 4).orElseThrow())
                .contains("describe(Dataset<?> rows)");
        assertThat(workbench.evaluator().inspect("rows", 4)).contains("Dataset<Row>");
        assertThat(workbench.evaluator().isComplete("int f() {")).isFalse();
        assertThat(workbench.evaluator().isComplete("int f() {\n}\nf()")).isTrue();
    }

    @Test
    void oddNamesAndValues() throws CellFailure {
        var odd = run("""
                sql("select 1 as `a b`, 2 as `a.b`, 3 as `it's`, 4 as `\\"q\\"`, 5 as `😀`, 6 as `select`, null as `<b>`,"
                    + " repeat('x', 1000000) as big, timestamp'9999-12-31 23:59:59.999999' as t, '<script>' as s,"
                    + " X'00FF' as bin, array(1, null) as arr")
                """);
        assertThat(odd.html().orElseThrow())
                .contains("a b<br>", "a.b<br>", "it's<br>", "😀<br>", "&lt;b&gt;<br>", "&lt;script&gt;", "0x00FF")
                .contains("9999-12-31 23:59:59.999999", "xxx…", "null</span>")
                .doesNotContain("<script>")
                .hasSizeLessThan(10_000);
        assertThat(text("describe(sql(\"select 1 as `a.b`, '😀' as `x``y`\"))")).contains("a.b", "x`y", "😀");

        var wide = run("spark.range(1).selectExpr(IntStream.range(0, 2000).mapToObj(i -> i + \" as c\" + i)"
                + ".toArray(String[]::new))");
        assertThat(wide.text()).endsWith("only the first 100 of 2,000 columns are shown\n");
        assertThat(text("var wide = spark.range(3).selectExpr(IntStream.range(0, 120).mapToObj(i ->"
                        + " i % 2 == 0 ? \"id as c\" + i : \"cast(id as string) as c\" + i).toArray(String[]::new));\n"
                        + "describe(wide).columns().length"))
                .isEqualTo("121");
        assertThat(text("sql(\"select 1 as a, 2 as a\")")).contains("a | a");
    }
}
