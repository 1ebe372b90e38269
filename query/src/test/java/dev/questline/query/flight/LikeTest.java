package dev.questline.query.flight;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LikeTest {
    @Test
    void signsAndWhatIsEscaped() {
        assertThat(Like.matches("purchases", "%")).isTrue();
        assertThat(Like.matches("", "%")).isTrue();
        assertThat(Like.matches("purchases", "purch%s")).isTrue();
        assertThat(Like.matches("purchases", "purchase_")).isTrue();
        assertThat(Like.matches("purchases", "purchase")).isFalse();
        assertThat(Like.matches("a.b", "a.b")).isTrue();
        assertThat(Like.matches("axb", "a.b")).isFalse();
        assertThat(Like.matches("a_b", "a\\_b")).isTrue();
        assertThat(Like.matches("axb", "a\\_b")).isFalse();
        assertThat(Like.matches("a\\", "a\\")).isTrue();
    }
}
