package dev.questline.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TrialTest {
    private final Trial trial = new Trial();

    @Test
    void isNotNeededWhereAllIsWell() {
        trial.acknowledged();
        assertThat(trial.admits()).isTrue();
        assertThat(trial.admits()).isTrue();
        assertThat(trial.isUnderWay()).isFalse();
    }

    @Test
    void isOneAtATimeUntilOneIsAcknowledged() {
        trial.unacknowledged();
        assertThat(trial.isUnderWay()).isFalse();
        assertThat(trial.admits()).isTrue();
        assertThat(trial.isUnderWay()).isTrue();
        assertThat(trial.admits()).isFalse();

        trial.unacknowledged();
        assertThat(trial.admits()).isTrue();
        assertThat(trial.admits()).isFalse();

        trial.acknowledged();
        assertThat(trial.isUnderWay()).isFalse();
        assertThat(trial.admits()).isTrue();
        assertThat(trial.admits()).isTrue();
    }

    @Test
    void oneThatSaysNothingIsFollowedByAnother() {
        trial.unacknowledged();
        assertThat(trial.admits()).isTrue();
        trial.inconclusive();
        assertThat(trial.admits()).isTrue();
        assertThat(trial.admits()).isFalse();
    }
}
