package dev.questline.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

class CsvTextTest {
    @Test
    void aHeaderThenRowsAsInTheRfc() {
        var fields = List.of(
                DataTypes.createStructField("User-Agent", DataTypes.StringType, true),
                DataTypes.createStructField("a,b", DataTypes.StringType, true));
        var rows = List.of(
                RowFactory.create("plain", "with \"quotes\""),
                RowFactory.create(null, ""),
                RowFactory.create("two\nlines", " blank"),
                RowFactory.create("tab\t", "in between"));
        var printed = new ByteArrayOutputStream();

        CsvText.print(fields, rows.iterator(), new PrintStream(printed, true, StandardCharsets.UTF_8));

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .isEqualTo("User-Agent,\"a,b\"\n"
                        + "plain,\"with \"\"quotes\"\"\"\n"
                        + ",\"\"\n"
                        + "\"two\nlines\",\" blank\"\n"
                        + "\"tab\t\",in between\n");
    }

    @Test
    void aRepeatedNameInJsonGetsANumberNobodyElseHas() {
        assertThat(JsonNames.distinct(List.of("id", "id", "id_2", "id"))).containsExactly("id", "id_3", "id_2", "id_4");
    }
}
