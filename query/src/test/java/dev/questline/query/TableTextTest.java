package dev.questline.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.Test;

class TableTextTest {
    private static final List<StructField> FIELDS = List.of(
            DataTypes.createStructField("Host", DataTypes.StringType, true),
            DataTypes.createStructField("n", DataTypes.LongType, true));

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void columnsAreAlignedNumbersToTheRight() {
        assertThat(table(0, RowFactory.create("user1.comcast.com", "1"), RowFactory.create(null, "1000")))
                .isEqualTo("""
                        Host              |    n
                        ------------------+-----
                        user1.comcast.com |    1
                        NULL              | 1000
                        (2 rows)
                        """);
    }

    @Test
    void noRowsAndOneRowAreSaid() {
        assertThat(table(0)).isEqualTo("Host | n\n-----+--\n(0 rows)\n");
        assertThat(table(0, RowFactory.create("x", "1"))).endsWith("(1 row)\n");
    }

    @Test
    void nothingInAValueMovesTheCursor() {
        assertThat(table(0, RowFactory.create("a\tb\nc\r\u001b[2J\u202e\u0000é😀", "1")))
                .contains("a\\tb\\nc\\r\\u001b[2J\\u202e\\u0000é😀 | 1\n");
    }

    @Test
    void columnsAreAlignedWhateverTheWidthOfTheirCharacters() {
        assertThat(table(
                        0,
                        RowFactory.create("剣を買う", "1"),
                        RowFactory.create("✅ done", "2"),
                        RowFactory.create("e\u0301te\u0301", "3"),
                        RowFactory.create("한글 😀", "4")))
                .isEqualTo("""
                        Host     | n
                        ---------+--
                        剣を買う | 1
                        ✅ done  | 2
                        e\u0301te\u0301      | 3
                        한글 😀  | 4
                        (4 rows)
                        """);
    }

    @Test
    void aWideCharacterThatHasNoRoomIsLeftOutWhole() {
        assertThat(table(16, RowFactory.create("剣".repeat(20), "1"), RowFactory.create("a" + "剣".repeat(20), "2")))
                .contains("剣剣剣剣剣…  | 1\n", "a剣剣剣剣剣… | 2\n");
    }

    @Test
    void theWidestColumnIsCutToFitTheTerminal() {
        assertThat(table(30, RowFactory.create("x".repeat(1_000_000), "1234")).lines())
                .allSatisfy(line ->
                        assertThat(line.codePointCount(0, line.length())).isLessThanOrEqualTo(30))
                .contains("x".repeat(22) + "… | 1234");
    }

    @Test
    void withoutATerminalAValueIsStillCut() {
        assertThat(table(0, RowFactory.create("x".repeat(101), "1"))).contains("x".repeat(99) + "… | 1\n");
    }

    @Test
    void rowsBeyondThoseMeasuredStreamInTheSameWidths() {
        var rows = IntStream.range(0, 2_000)
                .mapToObj(i -> RowFactory.create(i < 1_500 ? "short" : "longer than any before", "" + i))
                .toArray(Row[]::new);

        assertThat(table(0, rows)).contains("\nshort | 999\n", "\nlong… | 19…\n", "(2000 rows)");
    }

    private String table(int width, Row... rows) {
        printed.reset();
        var out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        var caller = new Caller(Path.of("/"), width, out, System.err);
        new TableText(FIELDS, caller).print(new LimitedRows(List.of(rows).iterator(), Long.MAX_VALUE, caller));
        return printed.toString(StandardCharsets.UTF_8);
    }
}
