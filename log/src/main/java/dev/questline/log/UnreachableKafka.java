package dev.questline.log;

import dev.questline.event.UserError;
import org.apache.kafka.common.config.ConfigException;

/** The one message for a broker that does not answer. */
final class UnreachableKafka {
    private UnreachableKafka() {}

    static UserError at(String servers, Throwable cause) {
        if (cause instanceof ConfigException || cause.getCause() instanceof ConfigException) {
            return UserError.failed(
                    "'" + servers + "' names no Kafka: it takes HOST:PORT[,HOST:PORT…] with hosts that can be found",
                    cause);
        }
        return UserError.failed(
                "Kafka at " + servers + " does not answer; is it running (questline status) and the address right?",
                cause);
    }
}
