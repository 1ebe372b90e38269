package dev.questline.log;

import dev.questline.event.KafkaGreeting;
import dev.questline.event.Settings;
import dev.questline.event.UserError;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** Asks a Kafka whether it is there. */
public final class BrokerProbe {
    private BrokerProbe() {}

    /**
     * Returns if a broker answers; it is asked what needs no permission.
     *
     * @throws UserError if it will not deal with this client, or this client cannot be made
     * @throws TimeoutException if none answers within the limit
     * @throws IOException if none is there
     */
    public static void ask(Settings.Kafka kafka, Duration limit)
            throws IOException, TimeoutException, InterruptedException {
        if (kafka.clientProperties().isEmpty() && !kafka.bootstrapServers().contains(",")) {
            KafkaGreeting.ask(
                    kafka.bootstrapServers(), limit); // Kafka's own client costs a short-lived process a second.
        } else {
            askAny(kafka, limit);
        }
    }

    private static void askAny(Settings.Kafka kafka, Duration limit) throws TimeoutException, InterruptedException {
        var admin = open(kafka);
        try {
            admin.describeCluster().nodes().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw failed(kafka, e.getCause() == null ? e : e.getCause());
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    private static Admin open(Settings.Kafka kafka) {
        try {
            return Admin.create(ClientConfig.asking(kafka));
        } catch (KafkaException e) {
            throw UnreachableKafka.at(kafka, e);
        }
    }

    private static UserError failed(Settings.Kafka kafka, Throwable cause) throws TimeoutException {
        if (cause instanceof org.apache.kafka.common.errors.TimeoutException) {
            throw new TimeoutException(cause.getMessage());
        }
        return UnreachableKafka.at(kafka, cause);
    }
}
