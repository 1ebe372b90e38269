package dev.questline.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogTest {
    @ParameterizedTest
    @CsvSource({
        "/,default,'This is the default response!\n',30",
        "/purchase_a_sword,purchase_sword,'Sword Purchased!\n',17",
        "/purchase_a_knife,purchase_knife,'Knife Purchased!\n',17"
    })
    void theBuiltInGameAnswersAsItAlwaysDid(String path, String type, String answer, int bytes) {
        assertThat(Catalog.BUILT_IN.at("GET", path)).hasValueSatisfying(found -> {
            assertThat(found.name()).isEqualTo(type);
            assertThat(found.answer()).isEqualTo(answer).hasSize(bytes);
        });
    }

    @Test
    void pathsAndMethodsAreComparedExactly() {
        assertThat(Catalog.BUILT_IN.at("GET", "/purchase_a_sword/")).isEmpty();
        assertThat(Catalog.BUILT_IN.at("POST", "/purchase_a_sword")).isEmpty();
        assertThat(Catalog.BUILT_IN.methodsAt("/purchase_a_sword")).containsExactly("GET");
        assertThat(Catalog.BUILT_IN.methodsAt("/purchase_a_dragon")).isEmpty();
    }
}
