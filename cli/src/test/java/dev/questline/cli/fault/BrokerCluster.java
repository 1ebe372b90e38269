package dev.questline.cli.fault;

import dev.questline.cli.fault.Jvm.Surroundings;
import dev.questline.log.LoopbackPort;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;

/** Three of Kafka's own servers, each broker and controller, in processes of their own. Nodes count from 1. */
final class BrokerCluster implements AutoCloseable {
    static final List<Integer> NODES = List.of(1, 2, 3);

    private final Path folder;
    private final List<Integer> ports =
            NODES.stream().map(node -> LoopbackPort.anyFree()).toList();
    private final List<Integer> controllerPorts =
            NODES.stream().map(node -> LoopbackPort.anyFree()).toList();
    private final List<Jvm> nodes = new ArrayList<>();

    private BrokerCluster(Path folder) {
        this.folder = folder;
    }

    static BrokerCluster start(Path folder) throws Exception {
        var cluster = new BrokerCluster(folder);
        var id = Uuid.randomUuid().toString();
        for (int node : NODES) {
            cluster.prepare(node, id);
        }
        NODES.forEach(node -> cluster.nodes.add(cluster.launch(node)));
        cluster.nodes.forEach(BrokerCluster::awaitUp);
        return cluster;
    }

    String servers() {
        return ports.stream().map(port -> "localhost:" + port).collect(Collectors.joining(","));
    }

    void kill(List<Integer> killed) {
        killed.forEach(node -> nodes.get(node - 1).kill());
    }

    /** Starts again and waits until they say so. */
    void restart(List<Integer> killed) {
        killed.forEach(node -> nodes.set(node - 1, launch(node)));
        killed.forEach(node -> awaitUp(nodes.get(node - 1)));
    }

    private Jvm launch(int node) {
        return Jvm.start(
                Surroundings.PLAIN,
                List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"),
                BrokerNodeMain.class,
                file(node).toString());
    }

    private static void awaitUp(Jvm node) {
        node.awaitFirstLine();
        node.dropOutput();
    }

    private Path file(int node) {
        return folder.resolve("node-" + node + ".properties");
    }

    private void prepare(int node, String clusterId) throws Exception {
        var data = Files.createDirectories(folder.resolve("data-" + node));
        try (var file = Files.newBufferedWriter(file(node))) {
            properties(node, data).store(file, null);
        }
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                .setNodeId(node)
                .setClusterId(clusterId)
                .setControllerListenerName("CONTROLLER")
                .setDirectories(List.of(data.toString()))
                .setMetadataLogDirectory(data.toString())
                .run();
    }

    private Properties properties(int node, Path data) throws IOException {
        var properties = new Properties();
        properties.setProperty("process.roles", "broker,controller");
        properties.setProperty("node.id", String.valueOf(node));
        properties.setProperty(
                "listeners",
                "PLAINTEXT://127.0.0.1:" + ports.get(node - 1) + ",CONTROLLER://127.0.0.1:"
                        + controllerPorts.get(node - 1));
        properties.setProperty("advertised.listeners", "PLAINTEXT://localhost:" + ports.get(node - 1));
        properties.setProperty("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.setProperty("controller.listener.names", "CONTROLLER");
        properties.setProperty("controller.quorum.voters", voters());
        properties.setProperty("log.dirs", data.toString());
        // As the embedded broker has them; a cluster of defaults takes nine seconds to miss a broker.
        properties.setProperty("broker.session.timeout.ms", "1500");
        properties.setProperty("broker.heartbeat.interval.ms", "250");
        properties.setProperty("num.io.threads", "4");
        properties.setProperty("log.cleaner.dedupe.buffer.size", "2097152");
        properties.setProperty("metric.reporters", "");
        return properties;
    }

    private String voters() {
        return IntStream.range(0, NODES.size())
                .mapToObj(i -> NODES.get(i) + "@127.0.0.1:" + controllerPorts.get(i))
                .collect(Collectors.joining(","));
    }

    @Override
    public void close() {
        nodes.forEach(Jvm::kill);
    }
}
