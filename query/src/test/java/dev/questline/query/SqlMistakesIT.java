package dev.questline.query;

import static dev.questline.query.LocalSpark.sql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.questline.query.LocalSpark.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What statements that cannot be answered are told. */
class SqlMistakesIT {
    @TempDir
    private static Path project;

    @BeforeAll
    static void purchases() {
        LocalSpark.writePurchases(project);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '§', quoteCharacter = '~', textBlock = """
        select 1 form t § line 1, column 15: syntax error at 't': extra input 't'|  select 1 form t|                ^
        select * from purchases where Host = § line 1, column 37: syntax error at end of input|  select * from purchases where Host =|                                      ^
        select '😀', Hosts from purchases § line 1, column 13: there is no column 'Hosts'; did you mean 'Host'?|  select '😀', Hosts from purchases|               ^^^^^
        select zzzzzzzz from purchases § line 1, column 8: there is no column 'zzzzzzzz'; there are Host, n, User-Agent|  select zzzzzzzz from purchases|         ^^^^^^^^
        select x § line 1, column 8: there is no column 'x'|  select x|         ^
        select counts(1) § line 1, column 8: there is no function 'counts'; did you mean 'count'?|  select counts(1)|         ^^^^^^^^^
        select 1 / (n - n) from purchases § line 1, column 8: Division by zero. Use `try_divide` to tolerate divisor being 0 and return NULL instead|  select 1 / (n - n) from purchases|         ^^^^^^^^^^^
        select Host, count(*) from purchases § line 1, column 1: The query does not include a GROUP BY clause. Add GROUP BY or turn it into the window functions using OVER clauses|  select Host, count(*) from purchases|  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        select * from purchase § line 1, column 15: there is no table 'purchase' (a folder of Parquet files is parquet.`/path`); did you mean 'purchases'?|  select * from purchase|                ^^^^^^^^
        with buyers as (select 1) select * from buyer § line 1, column 41: there is no table 'buyer' (a folder of Parquet files is parquet.`/path`); did you mean 'buyers'?|  with buyers as (select 1) select * from buyer|                                          ^^^^^
        describe purchasse § line 1, column 10: there is no table 'purchasse' (a folder of Parquet files is parquet.`/path`); did you mean 'purchases'?|  describe purchasse|           ^^^^^^^^^
        select raise_error('boo') § boo
        select * from my-table § line 1, column 17: a name like this is written in back quotes: `my-table`|  select * from my-table|                  ^
        describe purchases Hots § there is no column 'Hots'
        show tables in nosuch § there is no database 'nosuch': tables are in none; `show tables` lists them
        show views in nosuch § there is no database 'nosuch': tables are in none; `show tables` lists them
        show partitions purchase § line 1, column 17: there is no table 'purchase' (a folder of Parquet files is parquet.`/path`); did you mean 'purchases'?|  show partitions purchase|                  ^^^^^^^^
        show partitions purchases § SHOW PARTITIONS says nothing of the tables here; `describe TABLE` shows a table's columns
        show create table purchases § line 1, column 19: SHOW CREATE TABLE says nothing of the tables here; `describe TABLE` shows a table's columns|  show create table purchases|                    ^^^^^^^^^
        select * from rnage(1) § line 1, column 15: there is no function 'rnage'; did you mean 'range'?|  select * from rnage(1)|                ^^^^^^^^
        drop view nosuch § there is no view 'nosuch' in this session
        create temp view answers as select 1; drop view answer § there is no view 'answer' in this session; did you mean 'answers'?
        create temp view a as select 1; create temp view a as select 2 § there is a view 'a' in this session already; `create or replace temporary view` replaces it
        create temp view a.b as select 1 § line 1, column 1: a view's name has one part; 'a.b' has more|  create temp view a.b as select 1|  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        explain select Hots from purchases § line 1, column 16: there is no column 'Hots'; did you mean 'Host'?|  explain select Hots from purchases|                 ^^^^
        """)
    void whatIsWrongIsSaidShortly(String statement, String message) {
        var outcome = sql(project, statement);

        assertThat(outcome.err()).isEqualTo("questline: " + message.replace("|", "\n") + "\n");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '§', textBlock = """
        select 1 as a; select * from purchase § line 1, column 30: there is no table 'purchase' § purchase
        select 1 as a; select Hots from purchases § line 1, column 23: there is no column 'Hots' § Hots
        summarize purchase § line 1, column 11: there is no table 'purchase' § purchase
        summarize select Hots from purchases § line 1, column 18: there is no column 'Hots' § Hots
        """)
    void theStatementIsShownAsItWasTyped(String script, String message, String marked) {
        var lines = sql(project, script).err().lines().toList();

        assertThat(lines.get(0)).startsWith("questline: " + message);
        assertThat(lines.get(1)).isEqualTo("  " + script);
        assertThat(lines.get(2)).isEqualTo("  " + " ".repeat(script.lastIndexOf(marked)) + "^".repeat(marked.length()));
    }

    @Test
    void aMisspeltKeywordIsOfferedAtTheBeginningToo() {
        var outcome = sql(project, "selcet 1");

        assertThat(outcome.err()).isEqualTo("questline: there is no statement SELCET; did you mean 'SELECT'?\n");
        assertThat(outcome.exitCode()).isEqualTo(2);
    }

    @Test
    void aCastThatFailsInATaskSaysWhere() {
        assertThat(sql(project, "select n,\n\tcast(Host as int) from purchases").err())
                .isEqualTo("questline: line 2, column 2: The value 'user1.comcast.com' of the type \"STRING\" cannot be"
                        + " cast to \"INT\" because it is malformed. Correct the value as per the syntax, or change its"
                        + " target type. Use `try_cast` to tolerate malformed input and return NULL instead\n"
                        + "   cast(Host as int) from purchases\n"
                        + "   ^^^^^^^^^^^^^^^^^\n");
    }

    @Test
    void foldersThatCannotBeReadAreNamed() throws IOException {
        var gone = LocalSpark.write(project, "gone", "select 1 as x");
        var uri = gone.toUri();
        try (var files = Files.walk(gone)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
        var empty = Files.createDirectories(project.resolve("empty"));
        Files.writeString(Files.createDirectories(project.resolve("text")).resolve("a.parquet"), "no Parquet at all");

        assertThat(sql(project, "select * from gone").err())
                .isEqualTo("questline: table 'gone': " + uri + " does not exist\n");
        assertThat(sql(project, "select * from parquet.`empty`").err())
                .isEqualTo("questline: " + empty + " holds no Parquet files\n");
        assertThat(sql(project, "select * from parquet.`text`").err())
                .contains(project.resolve("text").toString())
                .hasLineCount(1);
        assertThat(sql(project, "with gone as (select 1 as x) select x from gone")
                        .exitCode())
                .isZero();
        assertThat(sql(project, "select * from parquet.`hdfs://127.0.0.1:1/x`").err())
                .contains("hdfs://127.0.0.1:1/x", "onnection refused")
                .hasLineCount(1);
    }

    @Test
    void aBrokerThatIsAwayIsSaidOnlyWhenEventsAreAsked() {
        var away = "--bootstrap-server=127.0.0.1:1";

        assertThat(sql(project, "select 1", away).exitCode()).isZero();
        assertThat(sql(project, "select * from EVENTS", away, "--topic", "t").err())
                .contains("127.0.0.1:1")
                .doesNotContain("internal")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into purchases select * from purchases",
                "with a as (select 1) insert into purchases select * from a",
                "from purchases insert overwrite table x select *",
                "insert overwrite directory '/tmp/x' using csv select 1",
                "create table t as select 1",
                "create view v as select 1",
                "create global temporary view v as select 1",
                "create temporary view v using parquet options (path '/tmp/x')",
                "create temporary view v as select reflect('java.lang.System', 'exit', 1)",
                "explain create temporary view v as select 1",
                "drop table purchases",
                "truncate table purchases",
                "delete from purchases",
                "merge into purchases using purchases p on true when matched then delete",
                "set spark.sql.shuffle.partitions=1",
                "add jar '/tmp/x.jar'",
                "use x",
                "cache table purchases",
                "execute immediate 'drop table x'",
                "begin select 1; end",
                "call x()",
                "explain insert into purchases select * from purchases",
                "explain create table t as select 1",
                "select transform(n) using 'cat' from purchases",
                "select reflect('java.lang.System', 'exit', 1)",
                "select 1 where java_method('java.lang.System', 'lineSeparator') = (select try_reflect('a', 'b'))",
                "select min(n) over w from purchases window w as (order by reflect('java.lang.System', 'exit', 7))",
                "select * from identifier('purchases')",
                "select identifier('reflect')('java.lang.System', 'lineSeparator')"
            })
    void nothingButQueriesIsAllowed(String statement) {
        var outcome = sql(project, statement);

        assertThat(outcome.err()).contains(" not allowed").doesNotContain("internal");
        assertThat(outcome.exitCode()).isEqualTo(2);
    }

    @Test
    void wrongFlagsAreWrongUse() {
        assertThat(sql(project, "select 1", "--output", "xml"))
                .isEqualTo(new Outcome(
                        2,
                        "",
                        "questline: Invalid value for option '--output': 'xml' is no format; allowed are [table,"
                                + " vertical, csv, json, parquet]\n"));
        assertThat(sql(project, "select 1", "--timeout", "soon").err())
                .contains("--timeout is 'soon'; allowed is a time as in 90s, 10m or 1h, or 0");
        assertThat(sql(project).err()).contains("there is no statement");
        assertThat(sql(project, "-f", "none.sql").err()).contains("none.sql: there is no such file");
        assertThat(sql(project, "select 1", "--limt", "3").err())
                .contains("--limt")
                .hasLineCount(1);
    }

    @Test
    void ofALongLineOnlyWhatIsNearIsShown() {
        var err = sql(
                        project,
                        "select " + "1, ".repeat(5_000) + "Hots from purchases where 1 in (" + "1, ".repeat(5_000)
                                + "1)")
                .err();

        var lines = err.lines().toList();
        assertThat(lines.get(0)).contains("line 1, column 15008: there is no column 'Hots'");
        assertThat(lines.get(1)).startsWith("  …, 1, 1,").endsWith("…").hasSizeLessThan(300);
        assertThat(lines.get(2).indexOf('^')).isEqualTo(lines.get(1).indexOf("Hots"));
    }

    @Test
    void aParquetFileIsOneResult() {
        var outcome = sql(project, "--output", "parquet", "select 1 as a; select 2 as b");

        assertThat(outcome.err()).contains("--output parquet is one result; there are 2");
        assertThat(outcome.exitCode()).isEqualTo(2);
    }
}
