package dev.questline.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.questline.event.UserError;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select ';'",
                "select \";\"",
                "select `;` from t",
                "select 'it''s; \\'; ;'",
                "select 1 -- a; comment",
                "select 1 /* a; /* nested; */ one; */ + 1",
                "select r'\\;'",
                "select 'two\nlines;'"
            })
    void aSemicolonInATextOrCommentEndsNothing(String script) {
        assertThat(texts(script)).hasSize(1);
        assertThat(texts(script + "\n;")).hasSize(1);
        assertThat(texts(script + "\n;\nselect 2")).hasSize(2);
    }

    @Test
    void emptyStatementsAreNone() {
        assertThat(texts(";; select 1 ; -- end\n ; /* ; */ ;")).containsExactly("   select 1");
    }

    @Test
    void aTextWithoutStatementIsWrongUse() {
        assertThatThrownBy(() -> Statement.split(" ; -- nothing\n"))
                .isInstanceOfSatisfying(
                        UserError.class, e -> assertThat(e.exitCode()).isEqualTo(2))
                .hasMessage("there is no statement in the text given, only blanks and comments");
    }

    @Test
    void placesStayTheSameAsInTheScript() {
        assertThat(texts("select '😀';\nselect 2")).containsExactly("select '😀'", " ".repeat(11) + "\nselect 2");
    }

    @Test
    void theFirstWordTellsTheKind() {
        assertThat(Statement.split("/* x */ sElect 1; (select 2); summarize t"))
                .extracting(Statement::keyword)
                .containsExactly("SELECT", "(", "SUMMARIZE");
    }

    @Test
    void theFirstWordIsReplacedInItsPlace() {
        var statement = Statement.split("  summarize t").get(0);

        assertThat(statement.textWithKeyword("TABLE")).isEqualTo("  TABLE     t");
        assertThat(statement.rest()).isEqualTo(" t");
    }

    private static List<String> texts(String script) {
        return Statement.split(script).stream().map(Statement::text).toList();
    }
}
