package dev.questline.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TrialTest {
    private final Trial trial = new Trial();

    private int admitted(int asking) {
        int admitted = 0;
        for (int i = 0; i < asking; i++) {
            admitted += trial.admits() ? 1 : 0;
        }
        return admitted;
    }

    @Test
    void isNotNeededWhereAllIsWell() {
        trial.acknowledged();
        assertThat(admitted(100)).isEqualTo(100);
        assertThat(trial.isUnderWay()).isFalse();
    }

    @Test
    void isAFewAtATimeUntilOneIsAcknowledged() {
        trial.unacknowledged();
        assertThat(trial.isUnderWay()).isFalse();
        assertThat(admitted(100)).isEqualTo(Trial.AT_ONCE);
        assertThat(trial.isUnderWay()).isTrue();

        trial.unacknowledged();
        assertThat(admitted(100)).isEqualTo(Trial.AT_ONCE);

        trial.acknowledged();
        assertThat(trial.isUnderWay()).isFalse();
        assertThat(admitted(100)).isEqualTo(100);
    }

    @Test
    void oneThatSaysNothingIsFollowedByAnother() {
        trial.unacknowledged();
        assertThat(admitted(100)).isEqualTo(Trial.AT_ONCE);
        trial.inconclusive();
        assertThat(admitted(100)).isEqualTo(1);
    }
}
