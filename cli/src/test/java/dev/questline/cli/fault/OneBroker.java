package dev.questline.cli.fault;

import dev.questline.cli.fault.Jvm.Surroundings;
import dev.questline.log.LoopbackPort;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** One broker and the collector before it, each a process of its own, and clients that put them under load. */
@Tag("durability")
abstract class OneBroker {
    private static final int CLIENTS = 16;

    @TempDir
    Path folder;

    private final int port = LoopbackPort.anyFree();
    private final int otherPort = LoopbackPort.anyFree();
    private final int kafkaPort = LoopbackPort.anyFree();
    private Jvm broker;

    final String servers() {
        return Broker.servers(kafkaPort);
    }

    final Jvm broker() {
        return broker;
    }

    /** Starts it, also again, and waits until it answers. */
    final void startBroker() {
        startBroker(Surroundings.PLAIN, "broker");
    }

    final void startBroker(Surroundings surroundings, String data) {
        broker = Broker.start(surroundings, folder.resolve(data), kafkaPort);
    }

    @AfterEach
    final void killBroker() {
        if (broker != null) {
            broker.kill();
        }
    }

    final CollectorProcess startCollector() {
        return startCollector(Surroundings.PLAIN);
    }

    /** On the same port each time. */
    final CollectorProcess startCollector(Surroundings surroundings) {
        return CollectorProcess.start(surroundings, folder, port, servers());
    }

    final CollectorProcess startOtherCollector() {
        return CollectorProcess.start(Surroundings.PLAIN, folder, otherPort, servers());
    }

    /** What happens under load. */
    interface Event {
        void happen(Clients clients) throws Exception;
    }

    /** Each client sends an event once. What of them is acknowledged is then looked for in the log. */
    final void underLoad(Rounds rounds, Event event) throws Exception {
        settle(LogCheck.fromNow(servers()), sendingOnce(), rounds, event);
    }

    /** Each client gives an event an id and sends it until it is acknowledged. */
    final void underRepeatedLoad(Rounds rounds, Event event) throws Exception {
        settle(LogCheck.fromNow(servers()), Clients.retrying(CLIENTS, port), rounds, event);
    }

    /** The same before two collectors. */
    final void underRepeatedLoadOfBoth(Rounds rounds, Event event) throws Exception {
        settle(LogCheck.fromNow(servers()), Clients.retrying(CLIENTS, port, otherPort), rounds, event);
    }

    final Clients sendingOnce() {
        return Clients.sendingOnce(CLIENTS, port);
    }

    private static void settle(LogCheck check, Clients clients, Rounds rounds, Event event) throws Exception {
        try (clients) {
            event.happen(clients);
            clients.finish();
            var found = check.find(clients.acknowledged());
            found.doubled().keySet().forEach(id -> System.out.println(id + " met " + clients.troubles(id)));
            rounds.settle(found);
        }
    }
}
