package dev.questline.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.questline.event.UserError;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartOffsetTest {
    @ParameterizedTest(name = "{0} in 10 to 20 is {1}")
    @CsvSource({"beginning,10", "end,20", "15,15", "3,10", "99,20", "-4,16", "-99,10", "-0,20"})
    void standsWithinThePartition(String text, long offset) {
        assertThat(StartOffset.parse(text).in(10, 20)).isEqualTo(offset);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "start", "1.5", "-", "--1", "99999999999999999999"})
    void allElseIsWrongUse(String text) {
        assertThatThrownBy(() -> StartOffset.parse(text))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("'" + text + "'")
                .hasMessageContaining("beginning, end");
    }
}
