package dev.questline.lake;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import dev.questline.event.ClientProperties;
import dev.questline.event.DidYouMean;
import dev.questline.event.KafkaGreeting;
import dev.questline.event.UserError;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * A topic on a broker.
 *
 * @param properties what else Kafka's clients need to know
 */
record KafkaTopic(String bootstrapServers, String name, ClientProperties properties) {
    /** How long a broker may take for one answer before it counts as away. */
    static final int PATIENCE_MS = 5_000;

    /**
     * A topic at one moment.
     *
     * @param id differs from that of a topic that had the name before
     * @param spans where its partitions begin and end, without those that are empty
     */
    record State(Uuid id, SortedMap<Integer, OffsetSpan> spans) {}

    State now() {
        return ask(admin -> {
            var description = describe(admin);
            return new State(description.topicId(), spans(admin, description));
        });
    }

    private SortedMap<Integer, OffsetSpan> spans(Admin admin, TopicDescription description) throws ExecutionException {
        var partitions = description.partitions().stream()
                .map(TopicPartitionInfo::partition)
                .toList();
        var begins = offsets(admin, partitions, OffsetSpec.earliest());
        var ends = offsets(admin, partitions, OffsetSpec.latest());
        var spans = new TreeMap<Integer, OffsetSpan>();
        begins.forEach((partition, begin) -> {
            var end = ends.getOrDefault(partition, begin);
            if (end > begin) {
                spans.put(partition, new OffsetSpan(begin, end));
            }
        });
        return spans;
    }

    private Map<Integer, Long> offsets(Admin admin, List<Integer> partitions, OffsetSpec which)
            throws ExecutionException {
        var wanted = partitions.stream().collect(toMap(this::partition, any -> which));
        var options = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
        var offsets = new HashMap<Integer, Long>();
        answer(admin.listOffsets(wanted, options).all())
                .forEach((partition, found) -> offsets.put(partition.partition(), found.offset()));
        return offsets;
    }

    private TopicDescription describe(Admin admin) throws ExecutionException {
        try {
            return answer(requireNonNull(
                    admin.describeTopics(List.of(name)).topicNameValues().get(name)));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException
                    || e.getCause() instanceof InvalidTopicException) {
                throw unknown(answer(admin.listTopics().names()));
            }
            throw e;
        }
    }

    private UserError unknown(Collection<String> topics) {
        return UserError.failed("there is no topic '" + name + "' at " + bootstrapServers
                + (topics.isEmpty() ? ", nor any other" : DidYouMean.hint(name, topics)));
    }

    /** For any client of Kafka's; the user's properties override ours. */
    Map<String, Object> clientSettings(Map<String, Object> ours) {
        var settings = new HashMap<>(ours);
        settings.putAll(properties.byKey());
        settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        return settings;
    }

    TopicPartition partition(int number) {
        return new TopicPartition(name, number);
    }

    private interface Question<T> {
        T ask(Admin admin) throws ExecutionException;
    }

    private <T> T ask(Question<T> question) {
        KafkaGreeting.requireNoOther(bootstrapServers, properties);
        var settings = clientSettings(Map.of(
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MS));
        try (var admin = Admin.create(settings)) {
            return question.ask(admin);
        } catch (ExecutionException e) {
            throw refused(e.getCause() == null ? e : e.getCause());
        } catch (KafkaException e) {
            throw refused(e.getCause() == null ? e : e.getCause());
        }
    }

    private UserError refused(Throwable cause) {
        return cause instanceof TimeoutException
                ? UserError.failed("no broker answers at " + bootstrapServers, cause)
                : UserError.failed(
                        "the broker at " + bootstrapServers + " cannot be asked: " + cause.getMessage(), cause);
    }

    private static <T> T answer(KafkaFuture<T> future) throws ExecutionException {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw UserError.failed("interrupted while asking the broker", e);
        }
    }
}
