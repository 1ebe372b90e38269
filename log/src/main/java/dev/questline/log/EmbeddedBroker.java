package dev.questline.log;

import dev.questline.event.UserError;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka's own server in this process, broker and controller in one, for a machine by itself. It listens on the loopback
 * address alone, and any client on this machine can join by {@link #bootstrapServers()}.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(3);

    private final BrokerFolder folder;
    private final int port;
    private final KafkaRaftServer server;
    private final CompletableFuture<String> death = new CompletableFuture<>();
    private final Consumer<String> onDeath;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedBroker(BrokerFolder folder, int port) {
        this.folder = folder;
        this.port = port;
        this.onDeath = reason -> death.complete(reason + "; " + folder.state());
        var config = BrokerConfig.of(folder.data(), port, LoopbackPort.anyFree());
        this.server = new KafkaRaftServer(config, Time.SYSTEM);
    }

    /**
     * Starts the broker and returns once it answers. What {@code dataFolder} holds from earlier is there again, however
     * the last process ended.
     */
    public static EmbeddedBroker start(Path dataFolder, int port) {
        requireFree(port);
        var folder = BrokerFolder.open(dataFolder.toAbsolutePath().normalize());
        try {
            var broker = new EmbeddedBroker(folder, port);
            broker.startServer();
            return broker;
        } catch (Exception e) {
            folder.close();
            throw UserError.failed("the broker cannot start on the folder " + dataFolder + ": " + e.getMessage(), e);
        }
    }

    /** Throws a {@link UserError} unless a broker could listen on this port. */
    public static void requireFree(int port) {
        LoopbackPort.requireFree(port, "kafka.port", "QUESTLINE_KAFKA_PORT");
    }

    // Kafka, being Scala, throws what its signatures do not say.
    @SuppressWarnings("CatchingUnchecked")
    private void startServer() throws Exception {
        KafkaExit.register(onDeath);
        try {
            server.startup();
            if (death.isDone()) {
                throw new IllegalStateException(death.join());
            }
        } catch (Exception e) {
            stopServer();
            throw e;
        }
    }

    /** The address for clients on this machine. */
    public String bootstrapServers() {
        return "localhost:" + port;
    }

    public boolean isAlive() {
        return !closed.get() && !death.isDone();
    }

    /** Completes with the reason if the broker dies by itself; it stays to be closed. Never completes by closing. */
    public CompletionStage<String> death() {
        return death.minimalCompletionStage();
    }

    /** Stops the broker within some three seconds and lets go of its port and folder. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            stopServer();
            folder.close();
        }
    }

    private void stopServer() {
        KafkaExit.unregister(onDeath);
        var stopping = new Thread(server::shutdown, "kafka-shutdown");
        stopping.setDaemon(true);
        stopping.start();
        try {
            stopping.join(STOP_LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (stopping.isAlive()) {
            LOG.warn("Kafka has not stopped within {} s; leaving it to the end of the process", STOP_LIMIT.toSeconds());
        }
    }
}
