package dev.questline.query;

import static dev.questline.query.LocalSpark.sql;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryIT {
    @TempDir
    private Path project;

    @Test
    void eachColumnIsDescribed() {
        LocalSpark.write(
                project,
                "purchases",
                "select * from values ('b', 9, true), ('a', 10, null), ('b', -1, null), ('a', 10, null), (null, 2, null)"
                        + " as t(Host, n, empty) where empty is null");

        assertThat(sql(project, "summarize purchases").out()).isEqualTo("""
                        column | type    | count | nulls | distinct | min  | max  | top  | freq
                        -------+---------+-------+-------+----------+------+------+------+-----
                        Host   | string  |     3 |     1 |        2 | a    | b    | a    |    2
                        n      | int     |     4 |     0 |        3 | -1   | 10   | 10   |    2
                        empty  | boolean |     0 |     4 |        0 | NULL | NULL | NULL | NULL
                        (3 rows)
                        """);
    }

    @Test
    void aTieIsWonByTheSmallerValueAndAQueryIsSummarizedToo() {
        assertThat(sql(
                                project,
                                "summarize select v, v from values ('z'), ('y'), ('z'), ('y'), ('x') as t(v)",
                                "--output",
                                "csv")
                        .out())
                .isEqualTo("column,type,count,nulls,distinct,min,max,top,freq\n"
                        + "v,string,5,0,3,x,z,y,2\nv,string,5,0,3,x,z,y,2\n");
    }

    @Test
    void typesThatHaveNoOrderAndNoRowsAtAll() {
        assertThat(sql(
                                project,
                                "summarize select map('k', 1) as m, X'0A' as b, array(1) as a, struct(1, 'x') as s",
                                "--output",
                                "csv")
                        .out())
                .contains("\nm,\"map<string,int>\",1,0,1,,,{k -> 1},1\n", "\nb,binary,1,0,1,0x0A,0x0A,0x0A,1\n");
        assertThat(sql(project, "summarize select 1 as x where false", "--output", "json")
                        .out())
                .isEqualTo("{\"column\":\"x\",\"type\":\"int\",\"count\":0,\"nulls\":0,\"distinct\":0,\"min\":null,"
                        + "\"max\":null,\"top\":null,\"freq\":null}\n");
    }

    @Test
    void errorsPointIntoTheStatementAsGiven() {
        assertThat(sql(project, "summarize select Hosts from (select 1 as Host)")
                        .err())
                .isEqualTo("""
                        questline: line 1, column 18: there is no column 'Hosts'; did you mean 'Host'?
                          summarize select Hosts from (select 1 as Host)
                                           ^^^^^
                        """);
        assertThat(sql(project, "summarize purchases").err()).contains("there is no table 'purchases'");
        assertThat(sql(project, "summarize").exitCode()).isEqualTo(1);
    }
}
