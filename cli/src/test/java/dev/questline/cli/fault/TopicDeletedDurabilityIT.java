package dev.questline.cli.fault;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.questline.cli.fault.Clients.Acknowledged;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

/** The topic is deleted under load: the collector makes it anew, and what it acknowledges then is in the new one. */
class TopicDeletedDurabilityIT extends OneBroker {
    private static final int PARTITIONS = 2;

    @Test
    void itIsMadeAnew() throws Exception {
        Files.writeString(folder.resolve("questline.yaml"), "kafka:\n  partitions: " + PARTITIONS + "\n");
        startBroker();
        try (var collector = startCollector();
                var probe = new Probe(servers())) {
            var rounds = Rounds.of("topic deleted", 3);
            rounds.run(round -> {
                try (var clients = sendingOnce()) {
                    long made = deleteUntilMade(clients, probe);
                    // By the collector: of the broker's own making it would have one.
                    assertThat(probe.topic().partitions()).hasSize(PARTITIONS);
                    rounds.recovered(made, clients.awaitAcknowledgedAfter(made));
                    clients.awaitMore(300);
                    clients.finish();
                    rounds.settle(LogCheck.ofAll(servers()).find(sentAfter(made, clients.acknowledged())));
                }
            });
            assertThat(collector.jvm().isAlive()).isTrue();
        }
    }

    private static long deleteUntilMade(Clients clients, Probe probe) throws Exception {
        clients.awaitMore(300);
        var old = probe.topic().topicId();
        probe.admin().deleteTopics(List.of(Broker.TOPIC)).all().get();
        Wait.until("the topic is made anew", Duration.ofSeconds(30), () -> isAnother(old, probe));
        return System.nanoTime();
    }

    private static boolean isAnother(Uuid old, Probe probe) {
        try {
            return !probe.topic().topicId().equals(old);
        } catch (ExecutionException | TimeoutException e) {
            return false; // there is none
        }
    }

    /** Without those that may have come into the old topic. */
    private static Map<String, Acknowledged> sentAfter(long nanos, Map<String, Acknowledged> acknowledged) {
        return acknowledged.entrySet().stream()
                .filter(each -> each.getValue().sent() > nanos)
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
