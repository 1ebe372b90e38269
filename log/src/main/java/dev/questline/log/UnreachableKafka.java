package dev.questline.log;

import dev.questline.event.SettingKey;
import dev.questline.event.Settings;
import dev.questline.event.UserError;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;

/** What people are told of a broker that does not answer, or not to them. */
final class UnreachableKafka {
    private static final String PROPERTIES = SettingKey.KAFKA_CLIENT_PROPERTIES.key();

    private UnreachableKafka() {}

    /** Whether this is of the kind told here, no matter of what was asked. */
    static boolean isBehind(Throwable failure) {
        return failure instanceof TimeoutException
                || isRefusal(failure)
                || (failure.getClass() == KafkaException.class && failure.getCause() != null);
    }

    /** Whether Kafka has answered that it will not deal with this client. */
    static boolean isRefusal(Throwable failure) {
        return failure instanceof AuthenticationException || failure instanceof AuthorizationException;
    }

    static UserError at(Settings.Kafka kafka, Throwable failure) {
        var causes =
                Stream.iterate(failure, Objects::nonNull, Throwable::getCause).toList();
        var servers = kafka.bootstrapServers();
        if (isRefusal(failure)) {
            return UserError.failed(
                    "Kafka at " + servers + " refuses this client: " + failure.getMessage()
                            + "; what it says of itself is "
                            + (kafka.clientProperties().isPresent()
                                    ? "in " + kafka.clientProperties().get() + " (" + PROPERTIES + ")"
                                    : "to be given by " + PROPERTIES),
                    failure);
        }
        if (causes.stream().anyMatch(cause -> cause instanceof ConfigException && isOfServers(cause))) {
            return UserError.failed(
                    "'" + servers + "' names no Kafka: it takes HOST:PORT[,HOST:PORT…] with hosts that can be found",
                    failure);
        }
        if (!(failure instanceof TimeoutException) && kafka.clientProperties().isPresent()) {
            return UserError.failed(
                    PROPERTIES + ": " + kafka.clientProperties().get() + ": " + reason(causes), failure);
        }
        return UserError.failed(
                "Kafka at " + servers + " does not answer; is it running (questline status) and the address right?",
                failure);
    }

    private static boolean isOfServers(Throwable cause) {
        return String.valueOf(cause.getMessage()).contains("bootstrap");
    }

    /** Parsing what names users and passwords, Kafka quotes it in its errors. */
    private static String reason(List<Throwable> causes) {
        var root = causes.get(causes.size() - 1);
        var outline = causes.size() > 2 ? causes.get(causes.size() - 2).getMessage() + ": " : "";
        return root instanceof IllegalArgumentException && !(root instanceof ConfigException)
                ? "sasl.jaas.config is missing or malformed"
                : outline + root.getMessage();
    }
}
