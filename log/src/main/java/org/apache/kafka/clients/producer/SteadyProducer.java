package org.apache.kafka.clients.producer;

import java.util.Map;
import org.apache.kafka.clients.ApiVersions;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.producer.internals.ProducerMetadata;
import org.apache.kafka.common.internals.ClusterResourceListeners;
import org.apache.kafka.common.requests.MetadataRequest;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.internals.LogContext;

/**
 * Kafka's producer by a time of one's own, which Kafka allows itself alone: by the wall clock, as it is made for others,
 * it takes an hour to connect again if that is set back by an hour while the broker is away. And one that makes no
 * topics: where the broker lets it, Kafka's asks for a topic that was deleted to be made by the broker's defaults, perhaps
 * with a single replica.
 */
public final class SteadyProducer<K, V> extends KafkaProducer<K, V> {
    public SteadyProducer(Map<String, Object> config, Serializer<K> keys, Serializer<V> values, Time time) {
        this(new ProducerConfig(ProducerConfig.appendSerializerToConfig(config, keys, values)), keys, values, time);
    }

    private SteadyProducer(ProducerConfig config, Serializer<K> keys, Serializer<V> values, Time time) {
        super(config, keys, values, KnownTopics.of(config), null, null, new ApiVersions(), time);
    }

    private static final class KnownTopics extends ProducerMetadata {
        private KnownTopics(ProducerConfig config) {
            super(
                    config.getLong(ProducerConfig.RETRY_BACKOFF_MS_CONFIG),
                    config.getLong(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG),
                    config.getLong(ProducerConfig.METADATA_MAX_AGE_CONFIG),
                    config.getLong(ProducerConfig.METADATA_MAX_IDLE_CONFIG),
                    new LogContext(),
                    new ClusterResourceListeners());
        }

        static KnownTopics of(ProducerConfig config) {
            var topics = new KnownTopics(config);
            ClientUtils.maybeBootstrapMetadataSynchronously(
                    config, config.getList(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG), topics);
            return topics;
        }

        @Override
        public synchronized MetadataRequest.Builder newMetadataRequestBuilder() {
            return withoutMaking(super.newMetadataRequestBuilder());
        }

        @Override
        public synchronized MetadataRequest.Builder newMetadataRequestBuilderForNewTopics() {
            return withoutMaking(super.newMetadataRequestBuilderForNewTopics());
        }

        private static MetadataRequest.Builder withoutMaking(MetadataRequest.Builder asked) {
            var request = asked.build().data();
            request.setAllowAutoTopicCreation(false);
            return new MetadataRequest.Builder(request);
        }
    }
}
