package dev.questline.query;

import static dev.questline.query.LocalSpark.sql;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Folders and values as they are met outside of tests. */
class OddDataIT {
    @TempDir
    private static Path project;

    @Test
    void whatAFailedJobLeavesInAFolderIsNotRead() throws IOException {
        var folder = LocalSpark.write(project, "left", "select id from range(10)");
        Files.delete(folder.resolve("_SUCCESS"));
        var half = Files.createDirectories(folder.resolve("_temporary/0/task_1"));
        Files.writeString(half.resolve("part-00000.snappy.parquet"), "half");
        Files.writeString(folder.resolve(".part-00001.snappy.parquet"), "half");

        assertThat(sql(project, "select count(*) as n from left", "--output", "csv")
                        .out())
                .isEqualTo("n\n10\n");
    }

    static Stream<UnaryOperator<byte[]>> harms() {
        return Stream.of(
                bytes -> Arrays.copyOf(bytes, bytes.length / 2), bytes -> new byte[0], bytes -> zeroed(bytes, 4, 300));
    }

    private static byte[] zeroed(byte[] bytes, int from, int to) {
        var harmed = bytes.clone();
        Arrays.fill(harmed, from, to, (byte) 0);
        return harmed;
    }

    @ParameterizedTest
    @MethodSource("harms")
    void theFileThatIsBrokenIsNamed(UnaryOperator<byte[]> harm) throws IOException {
        var folder = LocalSpark.write(project, "harmed", "select uuid() as id from range(0, 100, 1, 2)");
        var broken = parts(folder).get(1);
        Files.deleteIfExists(folder.resolve("." + broken.getFileName() + ".crc"));
        Files.write(broken, harm.apply(Files.readAllBytes(broken)));

        var outcome = sql(project, "select max(id) from harmed");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .contains(broken.getFileName().toString() + " is broken, half-written or of another format")
                .hasLineCount(1);
    }

    private static List<Path> parts(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("part-"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void nanosecondsAreRefusedRatherThanWrong() throws IOException {
        var schema = MessageTypeParser.parseMessageType("message m { required int64 at (TIMESTAMP(NANOS,true)); }");
        var file = Files.createDirectories(project.resolve("nanos")).resolve("a.parquet");
        try (var writer = ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toUri()))
                .withType(schema)
                .build()) {
            var row = new SimpleGroup(schema);
            row.add("at", 1_700_000_000_123_456_789L);
            writer.write(row);
        }

        assertThat(sql(project, "select * from parquet.`nanos`").err())
                .isEqualTo("questline: cannot read " + project.resolve("nanos")
                        + ": there is a column of the type INT64 (TIMESTAMP(NANOS,true)), which Spark does not read;"
                        + " it does in microseconds, as TIMESTAMP(MICROS)\n");
    }

    @Test
    void theEndsOfTheCalendarToTheMicrosecond() {
        LocalSpark.write(
                project,
                "ends",
                "select timestamp'0001-01-01 00:00:00.000001' as a, timestamp'9999-12-31 23:59:59.999999' as b,"
                        + " timestamp_ntz'0001-01-01 00:00:00.123456' as n, date'0001-01-01' as c, date'9999-12-31' as d");

        assertThat(sql(project, "select * from ends where a < b and c < d", "--output", "csv")
                        .out())
                .isEqualTo("a,b,n,c,d\n0001-01-01 00:00:00.000001,9999-12-31 23:59:59.999999,"
                        + "0001-01-01 00:00:00.123456,0001-01-01,9999-12-31\n");
        assertThat(sql(project, "select *, struct(b) as s from ends", "--output", "json")
                        .out())
                .isEqualTo("{\"a\":\"0001-01-01T00:00:00.000001Z\",\"b\":\"9999-12-31T23:59:59.999999Z\","
                        + "\"n\":\"0001-01-01T00:00:00.123456\",\"c\":\"0001-01-01\",\"d\":\"9999-12-31\","
                        + "\"s\":{\"b\":\"9999-12-31T23:59:59.999999Z\"}}\n");
    }

    @Test
    void numbersThatAreNoneAndThoseOfManyDigits() {
        LocalSpark.write(
                project,
                "numbers",
                "select double('NaN') as a, float('Infinity') as b, double('-Infinity') as c, double('-0.0') as d,"
                        + " 12345678901234567890.123456789012345678BD as e, cast(0 as decimal(38, 18)) as f");

        assertThat(sql(project, "select * from numbers", "--output", "csv").out())
                .isEqualTo("a,b,c,d,e,f\n"
                        + "NaN,Infinity,-Infinity,-0.0,12345678901234567890.123456789012345678,0.000000000000000000\n");
        assertThat(sql(project, "select * from numbers", "--output", "json").out())
                .isEqualTo("{\"a\":\"NaN\",\"b\":\"Infinity\",\"c\":\"-Infinity\",\"d\":-0.0,"
                        + "\"e\":12345678901234567890.123456789012345678,\"f\":0E-18}\n");
    }

    @Test
    void whatAFormatCannotHoldIsSaid() {
        assertThat(sql(project, "select time'12:34:56.789' as t", "--output", "json")
                        .out())
                .isEqualTo("{\"t\":\"12:34:56.789\"}\n");
        assertThat(sql(project, "select time'12:34:56.789' as t", "--output", "parquet")
                        .err())
                .isEqualTo("questline: The data type TIME is not supported\n");
    }

    @Test
    void nothingInTheDataMovesTheCursor() {
        LocalSpark.write(project, "escapes", "select concat(chr(27), '[2J', chr(155), 'x') as `a\u001b[2J`");

        for (var statement : List.of(
                "select * from escapes",
                "describe escapes",
                "summarize escapes",
                "select Host from escapes",
                "select cast(`a\u001b[2J` as int) from escapes",
                "explain select `a\u001b[2J` from escapes")) {
            var outcome = sql(project, statement);
            assertThat(outcome.out() + outcome.err())
                    .as(statement)
                    .contains("\\u001b[2J")
                    .doesNotContain("\u001b", "\u009b");
        }
    }

    @Test
    void valuesOfAMegabyte() throws IOException {
        LocalSpark.write(project, "long", "select repeat('é', 1048576) as v");

        assertThat(sql(project, "select * from long").out())
                .hasSizeLessThan(1_000)
                .contains("éé…\n");
        assertThat(sql(project, "select * from long", "--output", "csv").out()).hasSize(2 + 1_048_576 + 1);
        assertThat(sql(project, "select * from long", "--output", "json").out()).hasSize(8 + 1_048_576 + 1);
        Files.write(
                project.resolve("long.parquet"),
                LocalSpark.bytes(project, "select * from long", "--output", "parquet"));
        assertThat(sql(project, "select length(v) as n from parquet.`long.parquet`", "--output", "csv")
                        .out())
                .isEqualTo("n\n1048576\n");
        assertThat(sql(project, "select cast(v as int) from long").err())
                .hasSizeLessThan(2_000)
                .contains("The value 'éé", "éé' of the type \"STRING\" cannot be cast to \"INT\"");
    }

    @Test
    void thousandsOfColumns() {
        var columns = IntStream.range(0, 2_000).mapToObj(i -> "id + " + i + " as `c " + i + "`");
        LocalSpark.write(project, "wide", "select " + columns.collect(Collectors.joining(", ")) + " from range(2)");

        assertThat(sql(project, "select * from wide").out())
                .contains("c 1998 | c 1999\n")
                .contains("(2 rows)");
        assertThat(sql(project, "describe wide", "--limit", "2000").out()).contains("\nc 1999 ");
        assertThat(sql(project, "select `c 1999` from wide where `c 3` = 4", "--output", "csv")
                        .out())
                .isEqualTo("c 1999\n2000\n");
    }

    @Test
    void aSummaryOfMoreColumnsThanOnePassTakes() {
        var columns = IntStream.range(0, 120).mapToObj(i -> "id + " + i + " as c" + i);
        LocalSpark.write(project, "broad", "select " + columns.collect(Collectors.joining(", ")) + " from range(2)");

        assertThat(sql(project, "summarize broad", "--output", "csv").out())
                .contains("\nc0,bigint,2,0,2,0,1,0,1\n", "\nc50,bigint,2,0,2,50,51,50,1\n")
                .endsWith("\nc119,bigint,2,0,2,119,120,119,1\n")
                .hasLineCount(121);
    }

    @Test
    void aStatementThatWasCancelledIsNoHarmToTheNext() {
        var endless = "select count(*) from range(1000000000000) where hash(id) = 3";

        assertThat(sql(project, endless, "--timeout", "1s").err()).contains("cancelled: it took longer than 1 s");
        assertThat(sql(project, "select count(*) as n from range(10)", "--output", "csv")
                        .out())
                .isEqualTo("n\n10\n");
    }
}
