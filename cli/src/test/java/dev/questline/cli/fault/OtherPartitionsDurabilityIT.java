package dev.questline.cli.fault;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.questline.cli.fault.Clients.Acknowledged;
import dev.questline.cli.fault.Jvm.Surroundings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

/** Under load the broker is replaced by one with other data, in which the topic has other partitions, and back. */
class OtherPartitionsDurabilityIT extends OneBroker {
    private static final List<Integer> PARTITIONS = List.of(1, 3);

    /** What each broker's data must hold that could not be looked at before it was replaced. */
    private final List<Map<String, Acknowledged>> owed = List.of(new HashMap<>(), new HashMap<>());

    /** From where on it has to be looked at. */
    private final List<LogCheck> checks = new ArrayList<>();

    @Test
    void receiptsAreTrueForEach() throws Exception {
        for (int which : List.of(1, 0)) {
            prepare(which);
        }
        start(0);
        try (var collector = startCollector()) {
            var rounds = Rounds.of("broker replaced, other partitions", 2);
            rounds.run(round -> {
                try (var clients = sendingOnce()) {
                    replace(round % 2, clients, rounds);
                }
            });
            assertThat(collector.jvm().isAlive()).isTrue();
        }
    }

    private void prepare(int which) throws Exception {
        start(which);
        try (var probe = new Probe(servers())) {
            var topic = new NewTopic(Broker.TOPIC, Optional.of(PARTITIONS.get(which)), Optional.empty());
            probe.admin().createTopics(List.of(topic)).all().get();
            checks.add(0, LogCheck.fromNow(servers()));
        } finally {
            killBroker();
        }
    }

    private void replace(int old, Clients clients, Rounds rounds) {
        int other = 1 - old;
        clients.awaitMore(300);
        long before = System.nanoTime();
        broker().kill();
        long killed = System.nanoTime();
        owed.get(old).putAll(those(clients, each -> each.answered() < before));
        start(other);
        try (var probe = new Probe(servers())) {
            rounds.recovered(probe.awaitWritable(1), clients.awaitAcknowledgedAfter(killed));
        }
        clients.awaitMore(300);
        clients.finish();
        owed.get(other).putAll(those(clients, each -> each.sent() > killed));
        rounds.settle(checks.get(other).find(owed.get(other)));
        owed.get(other).clear();
        checks.set(other, LogCheck.fromNow(servers()));
    }

    private static Map<String, Acknowledged> those(Clients clients, Predicate<Acknowledged> wanted) {
        return clients.acknowledged().entrySet().stream()
                .filter(each -> wanted.test(each.getValue()))
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private void start(int which) {
        startBroker(Surroundings.PLAIN, "broker-" + which);
    }
}
