package dev.questline.cli.fault;

import dev.questline.cli.fault.Jvm.Surroundings;
import dev.questline.log.LoopbackPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code questline collect} in a process of its own. */
record CollectorProcess(Jvm jvm, int port) implements AutoCloseable {
    private static final int TAKES_EVENTS = 200;

    /** Starts one and waits until it takes events. */
    static CollectorProcess start(Surroundings surroundings, Path folder, int port, String servers) {
        var jvm = Jvm.start(
                surroundings,
                List.of("-XX:+ExitOnOutOfMemoryError", "-Xmx512m", "-XX:MetaspaceSize=64m"), // as the launcher does
                CollectorMain.class,
                "collect",
                "--bootstrap-server=" + servers,
                "--project=" + folder,
                "--set=collector.port=" + port,
                "--set=collector.management_port=" + LoopbackPort.anyFree(),
                "--set=kafka.topic=" + Broker.TOPIC);
        jvm.dropOutput();
        var collector = new CollectorProcess(jvm, port);
        Wait.until("the collector takes events", Duration.ofSeconds(60), collector::takesEvents);
        return collector;
    }

    private boolean takesEvents() {
        if (!jvm.isAlive()) {
            throw new AssertionError("the collector has ended");
        }
        try (var connection = new Connection(port)) {
            return connection.ask("/", Optional.empty()).status() == TAKES_EVENTS;
        } catch (IOException e) {
            return false; // not yet
        }
    }

    /** Sends an event that the client has given this id. */
    Connection.Answer ask(String clientId) {
        try (var connection = new Connection(port)) {
            return connection.ask("/", Optional.of(clientId));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        jvm.close();
    }
}
