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

class SqlIT {
    @TempDir
    private static Path project;

    @BeforeAll
    static void purchases() {
        LocalSpark.write(
                project,
                "purchases",
                "select * from values ('user1.comcast.com', 'ApacheBench/2.3', 1L), ('user2.att.com', null, 2L),"
                        + " ('user1.comcast.com', 'curl', 3L) as t(Host, `User-Agent`, n)");
    }

    @Test
    void aTableIsKnownByItsNameInAnyCase() {
        assertThat(sql(
                        project,
                        "select host, `user-agent`, n from PURCHASES where HOST = 'user1.comcast.com' order by n"))
                .isEqualTo(new Outcome(0, """
                                host              | user-agent      | n
                                ------------------+-----------------+--
                                user1.comcast.com | ApacheBench/2.3 | 1
                                user1.comcast.com | curl            | 3
                                (2 rows)
                                """, ""));
    }

    @Test
    void aTableIsFoundWhereverAStatementNamesIt() {
        for (var query : new String[] {
            "with p as (select * from purchases) select count(*) from p",
            "with purchases as (select * from purchases) select count(*) from purchases",
            "select (select count(*) from purchases)",
            "select count(*) from values (1), (2), (3) as t(a) where exists (select 1 from purchases where n = a)",
            "select count(*) from purchases a join purchases b on a.n = b.n",
            "select count(*) from (select * from purchases union select * from purchases)",
            "select max(n) from parquet.`lake/purchases`",
            "select max(n) from parquet.`" + project.resolve("lake/purchases")
                    + "` where n in (select n from purchases)",
            "from purchases |> aggregate count(*)",
        }) {
            assertThat(sql(project, query, "--output", "csv").out()).as(query).endsWith("\n3\n");
        }
    }

    @Test
    void aNameThatOnlyAWithDefinesIsNoTable() {
        assertThat(sql(
                        project,
                        "with a as (select 1 x), b as (select x + 1 y from a) select * from b",
                        "--output",
                        "csv"))
                .isEqualTo(new Outcome(0, "y\n2\n", ""));
    }

    @Test
    void severalStatementsRunInOrder() throws IOException {
        var file = Files.writeString(project.resolve("two.sql"), "-- first;\nselect ';' as a;\n\nselect 2 as b;\n");

        assertThat(sql(project, "-f", "two.sql", "--output", "csv")).isEqualTo(new Outcome(0, "a\n;\nb\n2\n", ""));
        Files.writeString(file, "select 1 as a;\n select Hosts from purchases;\nselect 3");
        assertThat(sql(project, "-f", file.toString(), "--output", "csv")).isEqualTo(new Outcome(1, "a\n1\n", """
                                questline: line 2, column 9: there is no column 'Hosts'; did you mean 'Host'?
                                   select Hosts from purchases;
                                          ^^^^^
                                """));
    }

    @Test
    void theSameColumnTwiceAndEveryType() {
        var query = "select 1 as id, 'x' as id, timestamp'2026-01-02 03:04:05.678' as t, date'9999-12-31' as d,"
                + " 1.50BD as m, array(1, null) as a, map('k', 2) as o, struct(1 as x) as s, X'00FF' as b, null as v,"
                + " double('NaN') as f, true as y, interval '1' day as i, '' as e";

        assertThat(sql(project, query, "--output", "json").out())
                .isEqualTo(
                        "{\"id\":1,\"id_2\":\"x\",\"t\":\"2026-01-02T03:04:05.678Z\",\"d\":\"9999-12-31\",\"m\":1.50,"
                                + "\"a\":[1,null],\"o\":{\"k\":2},\"s\":{\"x\":1},\"b\":\"AP8=\",\"v\":null,\"f\":\"NaN\","
                                + "\"y\":true,\"i\":\"INTERVAL '1' DAY\",\"e\":\"\"}\n");
        assertThat(sql(project, query, "--output", "csv").out())
                .isEqualTo("id,id,t,d,m,a,o,s,b,v,f,y,i,e\n"
                        + "1,x,2026-01-02 03:04:05.678,9999-12-31,1.50,\"[1, null]\",{k -> 2},{1},0x00FF,,NaN,true,"
                        + "INTERVAL '1' DAY,\"\"\n");
    }

    @Test
    void columnsOfAnyName() {
        LocalSpark.write(
                project,
                "odd",
                "select 1 as `User-Agent`, 2 as `a b`, 3 as `a.b`, 4 as `it's`, 5 as `\"q\"`, 6 as `😀`, 7 as `select`,"
                        + " 8 as `a``b`, 9 as `x,y`");

        assertThat(sql(project, "select * from odd", "--output", "json").out())
                .isEqualTo("{\"User-Agent\":1,\"a b\":2,\"a.b\":3,\"it's\":4,\"\\\"q\\\"\":5,\"😀\":6,\"select\":7,"
                        + "\"a`b\":8,\"x,y\":9}\n");
        assertThat(sql(project, "select `a.b` + `😀` + `select` + `a``b` as sum from odd", "--output", "csv")
                        .out())
                .isEqualTo("sum\n24\n");
        assertThat(sql(project, "select * from odd").out()).startsWith("User-Agent | a b | a.b | it's | \"q\" | 😀 |");
        assertThat(sql(project, "summarize odd", "--output", "csv").out()).contains("\na.b,int,1,0,1,3,3,3,1\n");
    }

    @Test
    void tablesOfAnyName() {
        LocalSpark.write(project, "a b{c}.d`e", "select 1 as x");

        assertThat(sql(project, "select x from `a b{c}.d``e`", "--output", "csv")
                        .out())
                .isEqualTo("x\n1\n");
        assertThat(sql(project, "describe `a b{c}.d``e`", "--output", "csv").out())
                .contains("x,int,");
    }

    @Test
    void columnsThatDifferOnlyInCaseAreToldApart() {
        var session = LocalSpark.SPARK.newSession();
        session.conf().set("spark.sql.caseSensitive", "true");
        LocalSpark.write(project.resolve("lake/cases"), session.sql("select 1 as host, 2 as Host"));

        var outcome = sql(project, "select host, Host from parquet.`lake/cases`", "--output", "csv");

        assertThat(outcome.out()).isEqualTo("host,Host\n1,2\n");
        assertThat(outcome.err()).contains("differ only in capitals").hasLineCount(1);
        assertThat(sql(project, "select HOST from purchases limit 1").exitCode())
                .isZero();
    }

    @Test
    void moreRowsThanTheLimitAreSaidToBeCut() {
        var outcome = sql(project, "select id from range(5)", "--limit", "2");

        assertThat(outcome.out()).endsWith("(2 rows)\n");
        assertThat(outcome.err()).isEqualTo("questline: only the first 2 rows are shown; --limit N shows more\n");
        assertThat(sql(project, "select id from range(2)", "--limit", "2").err())
                .isEmpty();
        assertThat(sql(project, "select id from range(1001)").err()).contains("first 1000 rows");
        assertThat(sql(project, "select id from range(20001)", "--output", "csv")
                        .out())
                .hasLineCount(20_002);
        assertThat(sql(project, "select id from range(20001)", "--limit", "20000", "--output", "json")
                        .out())
                .hasLineCount(20_000);
    }

    @Test
    void theCatalogIsShown() {
        assertThat(sql(project, "show tables like 'p*'", "--output", "csv").out())
                .isEqualTo("table,path\npurchases,"
                        + project.resolve("lake/purchases").toUri() + "\n");
        assertThat(sql(project, "show tables", "--topic", "t", "--bootstrap-server", "h:1")
                        .out())
                .contains("\nevents ", "topic t at h:1\n", "\npurchases ");
        assertThat(sql(project, "show columns in purchases", "--output", "csv").out())
                .isEqualTo("col_name\nHost\nUser-Agent\nn\n");
        assertThat(sql(project, "describe purchases", "--output", "csv").out())
                .isEqualTo("col_name,data_type,comment\nHost,string,\nUser-Agent,string,\nn,bigint,\n");
        assertThat(sql(project, "desc parquet.`lake/purchases`", "--output", "csv")
                        .out())
                .contains("n,bigint,");
        assertThat(sql(project, "describe select n from purchases", "--output", "csv")
                        .out())
                .contains("n,bigint,");
        assertThat(sql(project, "explain select n from purchases").out()).startsWith("== Physical Plan ==\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '§', quoteCharacter = '~', textBlock = """
        select 1 form t § line 1, column 15: syntax error at 't': extra input 't'|  select 1 form t|                ^
        select * from purchases where Host = § line 1, column 37: syntax error at end of input|  select * from purchases where Host =|                                      ^
        select '😀', Hosts from purchases § line 1, column 13: there is no column 'Hosts'; did you mean 'Host'?|  select '😀', Hosts from purchases|              ^^^^^
        select zzzzzzzz from purchases § line 1, column 8: there is no column 'zzzzzzzz'; there are Host, n, User-Agent|  select zzzzzzzz from purchases|         ^^^^^^^^
        select x § line 1, column 8: there is no column 'x'|  select x|         ^
        select counts(1) § line 1, column 8: there is no function 'counts'; did you mean 'count'?|  select counts(1)|         ^^^^^^^^^
        select 1 / (n - n) from purchases § line 1, column 8: Division by zero. Use `try_divide` to tolerate divisor being 0 and return NULL instead|  select 1 / (n - n) from purchases|         ^^^^^^^^^^^
        select Host, count(*) from purchases § line 1, column 1: The query does not include a GROUP BY clause. Add GROUP BY or turn it into the window functions using OVER clauses|  select Host, count(*) from purchases|  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        select * from purchase § there is no table 'purchase' (a folder of Parquet files is parquet.`/path`); did you mean 'purchases'?
        describe purchasse § there is no table 'purchasse' (a folder of Parquet files is parquet.`/path`); did you mean 'purchases'?
        select raise_error('boo') § boo
        """)
    void whatIsWrongIsSaidShortly(String statement, String message) {
        var outcome = sql(project, statement);

        assertThat(outcome.err()).isEqualTo("questline: " + message.replace("|", "\n") + "\n");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void aCastThatFailsInATaskSaysWhere() {
        assertThat(sql(project, "select n,\n\tcast(Host as int) from purchases").err())
                .isEqualTo("""
                        questline: line 2, column 2: The value 'user1.comcast.com' of the type "STRING" cannot be cast to \
                        "INT" because it is malformed. Correct the value as per the syntax, or change its target type. Use \
                        `try_cast` to tolerate malformed input and return NULL instead
                            cast(Host as int) from purchases
                           ^^^^^^^^^^^^^^^^^
                        """.replace("    cast", "   cast"));
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
                "create temporary view v as select 1",
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
                        "questline: Invalid value for option '--output': 'xml' is no format; allowed are [table, csv,"
                                + " json]\n"));
        assertThat(sql(project).err()).contains("there is no statement");
        assertThat(sql(project, "-f", "none.sql").err()).contains("none.sql: there is no such file");
        assertThat(sql(project, "select 1", "--limt", "3").err())
                .contains("--limt")
                .hasLineCount(1);
    }
}
