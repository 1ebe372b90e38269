package dev.questline.event;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A project's settings, one tree, validated whole when read. Keys and defaults are in {@link SettingKey}.
 *
 * @param byKey the same once more as text, every key with its value
 */
public record Settings(
        Collector collector, Kafka kafka, Spark spark, Sql sql, Hdfs hdfs, Logs logs, Map<String, String> byKey) {

    /**
     * The collector.
     *
     * @param managementPort of health and metrics, on the same host
     * @param accessLog whether there is one
     * @param idempotencyWindow for so long a client's id for an event is remembered; zero: not at all
     * @param tls without it, events come in the clear
     */
    public record Collector(
            String host,
            int port,
            int managementPort,
            boolean accessLog,
            Duration idempotencyWindow,
            Optional<Tls> tls) {
        private static final int MANAGEMENT_DISTANCE = 10_000;

        /** One that listens there, with any free port for the management and all else as it is by default. */
        public static Collector at(String host, int port) {
            return new Collector(host, port, 0, true, Duration.ofMinutes(10), Optional.empty());
        }

        /** The standard management port of a collector: 15000 for 5000, and below where there is none above. */
        static int managementPortOf(int port) {
            return portBeside(port, MANAGEMENT_DISTANCE);
        }

        /** The same with TLS. */
        public Collector with(Tls with) {
            return new Collector(host, port, managementPort, accessLog, idempotencyWindow, Optional.of(with));
        }

        /** The address for a client on this machine. */
        public String url() {
            return (tls.isPresent() ? "https://" : "http://") + reachableHost() + ":" + port;
        }

        /** The address of health and metrics for a client on this machine. */
        public String managementUrl() {
            return "http://" + reachableHost() + ":" + managementPort;
        }

        private String reachableHost() {
            return switch (host) {
                case "0.0.0.0" -> "127.0.0.1";
                case "::" -> "[::1]";
                default -> host.contains(":") ? "[" + host + "]" : host;
            };
        }
    }

    /** The PEM files of a server's certificate, with those that vouch for it behind it, and of its private key. */
    public record Tls(Path certificate, Path key) {}

    /**
     * The log.
     *
     * @param externalServers brokers of the user's; without them the stack starts one of its own on {@code port}
     * @param clientProperties a file of what else Kafka's clients need to know, as {@link ClientProperties} reads it
     */
    public record Kafka(
            Optional<String> externalServers, int port, String topic, int partitions, Optional<Path> clientProperties) {
        /** A Kafka that asks nothing else of its clients. */
        public Kafka(Optional<String> externalServers, int port, String topic, int partitions) {
            this(externalServers, port, topic, partitions, Optional.empty());
        }

        /** Another topic, or the same from other servers. */
        public Kafka at(String servers, String otherTopic) {
            return new Kafka(Optional.of(servers), port, otherTopic, partitions, clientProperties);
        }

        /** The same by other client properties. */
        public Kafka with(Path properties) {
            return new Kafka(externalServers, port, topic, partitions, Optional.of(properties));
        }

        /** What a Kafka client connects to. */
        public String bootstrapServers() {
            return externalServers.orElse("localhost:" + port);
        }
    }

    /** The Spark side. {@code memory} is its heap as Java's -Xmx takes it. */
    public record Spark(String master, String memory) {}

    /**
     * SQL for tools that are none of Questline's, on this machine alone.
     *
     * @param port where Arrow Flight SQL is spoken; without one, nowhere
     */
    public record Sql(Optional<Integer> port) {
        private static final int DISTANCE = 20_000;

        /** The standard port: 25000 for a collector at 5000, and below where there is none above. */
        static int portOf(int collectorPort) {
            return portBeside(collectorPort, DISTANCE);
        }

        /** What a JDBC driver connects to. */
        public Optional<String> url() {
            return port.map(number -> "jdbc:arrow-flight-sql://127.0.0.1:" + number + "/?useEncryption=false");
        }
    }

    /** A one-machine HDFS in the stack, for those who want one. {@code port} is the NameNode's. */
    public record Hdfs(boolean enabled, int port) {}

    private static int portBeside(int port, int distance) {
        return port + (port + distance < 1 << 16 ? distance : -distance);
    }

    /** What the light side logs. */
    public record Logs(Format format) {
        /** How a line looks. */
        public enum Format {
            TEXT,
            JSON
        }
    }
}
