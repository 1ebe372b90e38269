package dev.questline.log;

/**
 * Where the log keeps an acknowledged event.
 *
 * @param isRepeated whether it stood there already, from an earlier request of the client's with the same id
 */
public record Receipt(String topic, int partition, long offset, boolean isRepeated) {
    Receipt(String topic, int partition, long offset) {
        this(topic, partition, offset, false);
    }

    Receipt repeated() {
        return new Receipt(topic, partition, offset, true);
    }
}
