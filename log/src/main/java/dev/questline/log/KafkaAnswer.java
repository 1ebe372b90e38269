package dev.questline.log;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TimeoutException;

/** What Kafka's admin client was asked. */
final class KafkaAnswer {
    /** Above what the client takes by itself, as its clock may be set back meanwhile. */
    private static final long SECONDS = 3;

    private KafkaAnswer() {}

    /** Waits for it, or throws what Kafka says. */
    static <T> T to(KafkaFuture<T> question) throws InterruptedException {
        try {
            return question.get(SECONDS, TimeUnit.SECONDS);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new TimeoutException("no answer within " + SECONDS + " s", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new KafkaException(e);
        }
    }
}
