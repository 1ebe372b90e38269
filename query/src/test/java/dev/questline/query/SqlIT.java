package dev.questline.query;

import static dev.questline.query.LocalSpark.sql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.questline.query.LocalSpark.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What statements answer. */
class SqlIT {
    @TempDir
    private static Path project;

    @BeforeAll
    static void purchases() {
        LocalSpark.writePurchases(project);
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
                        "{\"id\":1,\"id_2\":\"x\",\"t\":\"2026-01-02T03:04:05.678000Z\",\"d\":\"9999-12-31\",\"m\":1.50,"
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
    void aLineForEachValue() {
        assertThat(sql(project, "select 1 as a, null as `long name` union all select 2, 'x'", "--output", "vertical")
                        .out())
                .isEqualTo("""
                        -[ row 1 ]--
                        a         | 1
                        long name | NULL
                        -[ row 2 ]--
                        a         | 2
                        long name | x
                        (2 rows)
                        """);
    }

    @Test
    void aValueThatIsCutEndsInAnEllipsis() {
        var cut = sql(project, "select repeat('x', 1001) as a, repeat('y', 1000) as b", "--output", "vertical");

        assertThat(cut.out()).contains("a | " + "x".repeat(1_000) + "…\n", "b | " + "y".repeat(1_000) + "\n");
        assertThat(cut.err())
                .isEqualTo("questline: values longer than 1000 characters are cut; --output csv or json shows them"
                        + " whole\n");
        assertThat(sql(project, "select repeat('y', 1000) as b", "--output", "vertical")
                        .err())
                .isEmpty();
    }

    @Test
    void aStatementMayBeginWithAComment() {
        assertThat(sql(project, "--output", "csv", "-- one\nselect 1 as a")).isEqualTo(new Outcome(0, "a\n1\n", ""));
        assertThat(sql(project, "--one\nselect 1 as a", "--output", "csv")).isEqualTo(new Outcome(0, "a\n1\n", ""));
        assertThat(sql(project, "--output=csv", "--", "-- one\nselect 1 as a")).isEqualTo(new Outcome(0, "a\n1\n", ""));
    }

    @Test
    void aParquetFileThatIsReadAgain() throws IOException {
        var rows = LocalSpark.bytes(
                project, "select 1 as id, 'x' as id, null as `a b`, date'9999-12-31' as d", "--output", "parquet");
        Files.write(project.resolve("rows.parquet"), rows);

        assertThat(sql(project, "select * from parquet.`rows.parquet`", "--output", "csv"))
                .isEqualTo(new Outcome(0, "id,id_2,a b,d\n1,x,,9999-12-31\n", ""));
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
    @CsvSource(
            delimiter = '|',
            value = {
                "with purchases as (select 42 as n) select n from purchases | 42",
                "with purchases as (select n + 1 as n from purchases) select purchases.n from purchases | 8",
                "with a as (select n from Purchases), purchases as (select n * 2 as n from a) select n from purchases | 14",
                "select n + (with purchases as (select 1 as n) select max(n) from purchases) as n from purchases | 8",
                "with recursive t(n) as (values (1) union all select n + 1 from t where n < 9) select max(n) as n from t | 9",
                "with events as (select 5 as n) select n from events | 5",
                "select max(n) over w as n from purchases window w as (order by (select max(n) from PURCHASES)) | 7",
                "select purchases.n from PURCHASES | 7",
            })
    void aNameOfAWithHidesATableWithinIt(String statement, String n, @TempDir Path own) {
        LocalSpark.write(own, "purchases", "select 7 as n");

        var outcome = sql(own, statement, "--output", "csv", "--bootstrap-server", "localhost:1");
        assertThat(outcome.out()).as(outcome.err()).isEqualTo("n\n" + n + "\n");
    }

    @Test
    void aNameMayEndInANumber(@TempDir Path own) {
        LocalSpark.write(own, "swords #1", "select 7 as n");
        LocalSpark.write(own.resolve("lake/a #2"), LocalSpark.SPARK.sql("select 8 as n"));

        assertThat(sql(own, "select n from `swords #1`", "--output", "csv").out())
                .isEqualTo("n\n7\n");
        assertThat(sql(own, "select n from parquet.`lake/a #2`", "--output", "csv")
                        .out())
                .isEqualTo("n\n8\n");
    }

    @Test
    void pathsThatDifferOnlyInCaseAreTwoTables(@TempDir Path own) {
        LocalSpark.write(own.resolve("lake/A"), LocalSpark.SPARK.sql("select 1 as n"));
        LocalSpark.write(own.resolve("lake/a"), LocalSpark.SPARK.sql("select 2 as n"));

        var outcome =
                sql(own, "select n from parquet.`lake/A` union all select n from parquet.`lake/a`", "--output", "csv");
        assertThat(outcome.out()).isEqualTo("n\n1\n2\n");
    }

    @Test
    void aTableIsFoundBesideOneWhoseColumnsDifferOnlyInCase(@TempDir Path own) {
        var session = LocalSpark.SPARK.newSession();
        session.conf().set("spark.sql.caseSensitive", "true");
        LocalSpark.write(own.resolve("lake/cases"), session.sql("select 1 as host, 2 as Host"));
        LocalSpark.write(own, "Swords", "select 3 as n");

        var outcome = sql(own, "select Swords.n, host, Host from Swords join parquet.`lake/cases`", "--output", "csv");
        assertThat(outcome.out()).as(outcome.err()).isEqualTo("n,host,Host\n3,1,2\n");
    }
}
