package dev.questline.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisplayWidthTest {
    @ParameterizedTest
    @CsvSource({
        "a, 1", "é, 1", "…, 1", "ｱ, 1", "☀, 1", "Ａ, 2", "日, 2", "한, 2", "、, 2", "✅, 2", "⚡, 2", "😀, 2", "🫶, 2",
        "𠀋, 2",
    })
    void characters(String character, int width) {
        assertThat(DisplayWidth.of(character)).isEqualTo(width);
    }

    @Test
    void whatIsDrawnIntoAnotherTakesNoRoom() {
        assertThat(DisplayWidth.of("e\u0301")).isOne();
        assertThat(DisplayWidth.of("\u1112\u1161\u11ab")).isEqualTo(2);
        assertThat(DisplayWidth.of("a\u200b\u200d\ufeff\ufe0fb")).isEqualTo(2);
        assertThat(DisplayWidth.of("")).isZero();
    }

    @Test
    void aTextIsCutBeforeWhatDoesNotFit() {
        assertThat(DisplayWidth.cut("日本語", 5)).isEqualTo("日本");
        assertThat(DisplayWidth.cut("日本語", 6)).isEqualTo("日本語");
        assertThat(DisplayWidth.cut("e\u0301a", 1)).isEqualTo("e\u0301");
        assertThat(DisplayWidth.cut("日", 1)).isEmpty();
    }
}
