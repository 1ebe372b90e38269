package dev.questline.cli.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;

/** Kafka's own server by a file of properties, as a cluster has it: says a line when started, ends with its input. */
final class BrokerNodeMain {
    private BrokerNodeMain() {}

    public static void main(String[] args) throws IOException {
        var properties = new Properties();
        try (var file = Files.newBufferedReader(Path.of(args[0]))) {
            properties.load(file);
        }
        new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM).startup();
        System.out.println("up");
        Jvm.awaitEndOfInput();
        Runtime.getRuntime().halt(1);
    }
}
