package dev.questline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromptCommandTest {
    @ParameterizedTest
    @CsvSource({"\\q, QUIT", "quit, QUIT", " EXIT;, QUIT", "help, HELP", "\\?, HELP", "\\d t, DESCRIBE"})
    void isOne(String line, PromptCommand command) {
        assertThat(PromptCommand.isOne(line)).isTrue();
        assertThat(PromptCommand.of(line)).isEqualTo(command);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "select help", "help me", "quit; select 1"})
    void isNone(String line) {
        assertThat(PromptCommand.isOne(line)).isFalse();
    }
}
