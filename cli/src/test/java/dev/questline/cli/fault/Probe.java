package dev.questline.cli.fault;

import static dev.questline.cli.fault.Broker.TOPIC;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;

/** Looks at the brokers as any other client of theirs would. */
final class Probe implements AutoCloseable {
    private final String servers;
    private final Admin admin;

    Probe(String servers) {
        this.servers = servers;
        admin = Admin.create(Map.of(
                "bootstrap.servers", servers,
                "reconnect.backoff.ms", 20,
                "reconnect.backoff.max.ms", 20,
                "retry.backoff.ms", 20,
                "retry.backoff.max.ms", 20,
                "request.timeout.ms", 1_000,
                "default.api.timeout.ms", 10_000));
    }

    Admin admin() {
        return admin;
    }

    /** Waits until a broker answers and each partition has a leader and enough replicas; when that was. */
    long awaitWritable(int replicas) {
        Wait.until("partitions with leaders", Duration.ofSeconds(60), () -> isWritable(replicas));
        return System.nanoTime();
    }

    private boolean isWritable(int replicas) {
        try {
            return topic().partitions().stream()
                    .allMatch(partition -> partition.leader() != null
                            && !partition.leader().isEmpty()
                            && partition.isr().size() >= replicas);
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    /** Waits until the brokers acknowledge a record of the probe's own, by all replicas there are; when that was. */
    long awaitTaken() {
        try (var producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers", servers,
                        "acks", "all",
                        "reconnect.backoff.max.ms", 50,
                        "retry.backoff.max.ms", 100,
                        "max.block.ms", 500,
                        "request.timeout.ms", 500,
                        "delivery.timeout.ms", 1_000),
                new StringSerializer(),
                new StringSerializer())) {
            Wait.until("a record taken", Duration.ofSeconds(60), () -> isTaken(producer));
            return System.nanoTime();
        }
    }

    private static boolean isTaken(Producer<String, String> producer) {
        try {
            return producer.send(new ProducerRecord<>(TOPIC, "probe")).get().hasOffset();
        } catch (ExecutionException | KafkaException e) {
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    TopicDescription topic() throws ExecutionException, TimeoutException {
        try {
            return admin.describeTopics(List.of(TOPIC))
                    .allTopicNames()
                    .get(15, TimeUnit.SECONDS)
                    .get(TOPIC);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
