package dev.questline.event;

import java.util.Map;
import java.util.Optional;

/**
 * A project's settings, one tree, validated whole when read. Keys and defaults are in {@link SettingKey}.
 *
 * @param byKey the same once more as text, every key with its value
 */
public record Settings(Collector collector, Kafka kafka, Spark spark, Hdfs hdfs, Map<String, String> byKey) {

    /** Where the collector listens. */
    public record Collector(String host, int port) {
        /** The address for a client on this machine. */
        public String url() {
            return "http://" + (host.equals("0.0.0.0") ? "127.0.0.1" : host) + ":" + port;
        }
    }

    /**
     * The log.
     *
     * @param externalServers brokers of the user's; without them the stack starts one of its own on {@code port}
     */
    public record Kafka(Optional<String> externalServers, int port, String topic, int partitions) {
        /** What a Kafka client connects to. */
        public String bootstrapServers() {
            return externalServers.orElse("localhost:" + port);
        }
    }

    /** The Spark side. {@code memory} is its heap as Java's -Xmx takes it. */
    public record Spark(String master, String memory) {}

    /** A one-machine HDFS in the stack, for those who want one. {@code port} is the NameNode's. */
    public record Hdfs(boolean enabled, int port) {}
}
