package dev.questline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1;",
                "select 1; -- one",
                "select 1; /* one /* and */ more */ ",
                "select ';';",
                "select 'it''s';",
                "select 'a\\';';",
                "select r'\\';",
                "select `a``;b`;",
                "select \"--\";",
                "-- first\nselect 1;\n",
                ";"
            })
    void aSemicolonEndsIt(String text) {
        assertThat(StatementText.isComplete(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "select 1",
                "select 1; select",
                "select ';",
                "select 'a\\';",
                "select `;",
                "select 1 -- ;",
                "select 1 /* ;",
                "select 1; /* /* */",
                "select 1; /*"
            })
    void withoutOneItGoesOn(String text) {
        assertThat(StatementText.isComplete(text)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-- a note | true",
                "/* a */ -- b | true",
                "/* open | false",
                "-- a; | true",
                "; | false",
                "x | false"
            })
    void aCommentIsNothing(String text, boolean isNothing) {
        assertThat(StatementText.isNothing(text)).isEqualTo(isNothing);
    }
}
