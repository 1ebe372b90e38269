package dev.questline.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.questline.event.Settings;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What servers say of this client's rights, those that are older, or are not Kafka's own, included. */
class TopicLookTest {
    private final Settings.Kafka kafka = new Settings.Kafka(Optional.of("127.0.0.1:1"), 0, "events", 1);

    /** They know no topic, as nobody listens. */
    private final Producers producers = new Producers(kafka, false);

    private final List<Boolean> asked = new ArrayList<>();

    @AfterEach
    void close() {
        producers.close(Duration.ZERO);
    }

    @Test
    void aServerThatDoesNotUnderstandTheQuestionIsAskedWithoutIt() throws InterruptedException {
        var look = look();
        assertThat(look.at(admin(false, null)))
                .hasValueSatisfying(reason -> assertThat(reason).doesNotContain("Unsupported"));
        look.at(admin(false, null));
        assertThat(asked).containsExactly(true, false, false);
        assertThat(look.found()).isNotNull();
    }

    @Test
    void aServerThatNamesNoRightsRefusesNone() throws InterruptedException {
        var look = look();
        look.at(admin(true, Set.of()));
        assertThat(look.refusal()).isNull();
        look.at(admin(true, Set.of(AclOperation.DESCRIBE, AclOperation.WRITE)));
        assertThat(look.refusal()).isNull();
        look.at(admin(true, Set.of(AclOperation.DESCRIBE, AclOperation.READ)));
        assertThat(look.refusal()).isEqualTo("Kafka refuses this client: it may not write to topic events");
    }

    private TopicLook look() {
        return new TopicLook(kafka, producers, new TopicReplication(kafka), () -> 0);
    }

    private Admin admin(boolean understands, Set<AclOperation> rights) {
        return (Admin) Proxy.newProxyInstance(
                Admin.class.getClassLoader(), new Class<?>[] {Admin.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("describeTopics");
                    boolean asks = ((DescribeTopicsOptions) arguments[1]).includeAuthorizedOperations();
                    asked.add(asks);
                    return new Description(asks && !understands ? unsupported() : described(rights));
                });
    }

    private static KafkaFuture<TopicDescription> unsupported() {
        var answer = new KafkaFutureImpl<TopicDescription>();
        answer.completeExceptionally(new UnsupportedVersionException("a non-default includeTopicAuthorizedOperations"));
        return answer;
    }

    private static KafkaFuture<TopicDescription> described(Set<AclOperation> rights) {
        var node = new Node(1, "127.0.0.1", 1);
        var partition = new TopicPartitionInfo(0, node, List.of(node), List.of(node));
        return KafkaFuture.completedFuture(new TopicDescription("events", false, List.of(partition), rights));
    }

    private static final class Description extends DescribeTopicsResult {
        Description(KafkaFuture<TopicDescription> topic) {
            super(null, Map.of("events", topic));
        }
    }
}
