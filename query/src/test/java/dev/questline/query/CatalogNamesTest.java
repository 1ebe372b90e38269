package dev.questline.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogNamesTest {
    private final List<String> asked = new ArrayList<>();
    private boolean isAway;
    private final CatalogNames names = new CatalogNames(this::answer);

    private List<String> answer(String statement) {
        asked.add(statement);
        if (isAway) {
            throw new IllegalStateException("Spark is away");
        }
        return List.of("count", "+");
    }

    @Test
    void whatFailedIsAskedAgain() {
        isAway = true;
        assertThat(names.functions()).isEmpty();
        assertThat(names.tables()).isEmpty();

        isAway = false;
        assertThat(names.functions()).containsExactly("count");
        assertThat(names.tables()).containsExactly("count", "+");
    }

    @Test
    void aStatementChangesTablesAndNoFunctions() {
        for (int i = 0; i < 2; i++) {
            names.functions();
            names.tables();
            names.tables();
            names.columns("a b");
            names.forget();
        }
        assertThat(asked)
                .containsExactly(
                        "show functions",
                        "show tables",
                        "show columns in `a b`",
                        "show tables",
                        "show columns in `a b`");
    }
}
