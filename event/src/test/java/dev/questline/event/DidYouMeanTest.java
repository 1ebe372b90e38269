package dev.questline.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DidYouMeanTest {
    private static final List<String> ALLOWED = List.of("port", "host", "topic");

    @Test
    void suggestsTheNearestElseAllThatIsAllowed() {
        assertThat(DidYouMean.hint("prot", ALLOWED)).isEqualTo("; did you mean 'port'?");
        assertThat(DidYouMean.hint("memory", ALLOWED)).isEqualTo("; allowed are port, host, topic");
        assertThat(DidYouMean.hint("TOPIK", ALLOWED)).isEqualTo("; did you mean 'topic'?");
        assertThat(DidYouMean.hint("anything", List.of())).isEmpty();
    }
}
