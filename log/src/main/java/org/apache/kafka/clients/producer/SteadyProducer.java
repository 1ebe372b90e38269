package org.apache.kafka.clients.producer;

import java.util.Map;
import org.apache.kafka.clients.ApiVersions;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Time;

/**
 * Kafka's producer by a time of one's own, which Kafka allows itself alone. By the wall clock, as it is made for others,
 * it takes an hour to connect again if that is set back by an hour while the broker is away.
 */
public final class SteadyProducer<K, V> extends KafkaProducer<K, V> {
    public SteadyProducer(Map<String, Object> config, Serializer<K> keys, Serializer<V> values, Time time) {
        super(
                new ProducerConfig(ProducerConfig.appendSerializerToConfig(config, keys, values)),
                keys,
                values,
                null,
                null,
                null,
                new ApiVersions(),
                time);
    }
}
