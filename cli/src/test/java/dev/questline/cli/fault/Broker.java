package dev.questline.cli.fault;

import dev.questline.cli.fault.Jvm.Surroundings;
import java.nio.file.Path;
import java.util.List;

/** Brokers in processes of their own. */
final class Broker {
    static final String TOPIC = "events";

    private Broker() {}

    static String servers(int port) {
        return "localhost:" + port;
    }

    /** Starts one and waits until it answers. */
    static Jvm start(Surroundings surroundings, Path folder, int port) {
        var broker = Jvm.start(
                surroundings,
                List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"),
                BrokerMain.class,
                folder.toString(),
                String.valueOf(port));
        broker.awaitFirstLine();
        broker.dropOutput();
        return broker;
    }
}
