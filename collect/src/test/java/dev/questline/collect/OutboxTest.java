package dev.questline.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OutboxTest {
    @Test
    void anErrorKeepsNoOtherAnswerBack() throws Exception {
        var vertx = Vertx.vertx();
        try {
            var outbox = new Outbox(vertx.getOrCreateContext());
            var first = new CountDownLatch(1);
            outbox.add(() -> {
                outbox.add(() -> {
                    throw new StackOverflowError("of the test");
                });
                outbox.add(first::countDown);
            });
            assertThat(first.await(10, TimeUnit.SECONDS))
                    .as("those of the same batch")
                    .isTrue();
            var later = new CountDownLatch(1);
            outbox.add(later::countDown);
            assertThat(later.await(10, TimeUnit.SECONDS))
                    .as("those that follow")
                    .isTrue();
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
