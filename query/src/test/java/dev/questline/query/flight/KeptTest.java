package dev.questline.query.flight;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeptTest {
    @Test
    void whatWasUsedLongestAgoIsForgotten() {
        var kept = new Kept<String>(2);
        kept.put("a", "1");
        assertThat(kept.findOrMake("b", () -> "2")).isEqualTo("2");
        assertThat(kept.find("a")).contains("1");
        kept.put("c", "3");
        assertThat(kept.find("b")).isEmpty();
        assertThat(kept.findOrMake("a", () -> "4")).isEqualTo("1");
        kept.forget("a");
        assertThat(kept.find("a")).isEmpty();
    }
}
