package dev.questline.log;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.internals.Exit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps Kafka from ending this process. Its server calls for that on a fatal fault, its tools at their end; here the one
 * becomes the report of a broker's death and the other an exception.
 */
final class KafkaExit {
    private static final List<Consumer<String>> BROKERS = new CopyOnWriteArrayList<>();
    private static final ThreadLocal<Boolean> IN_TOOL = ThreadLocal.withInitial(() -> false);

    static {
        Exit.setExitProcedure(KafkaExit::onExit);
        Exit.setHaltProcedure(KafkaExit::onExit);
    }

    private KafkaExit() {}

    /** Has {@code onDeath} told the reason when Kafka's server wants to end the process. */
    static void register(Consumer<String> onDeath) {
        BROKERS.add(onDeath);
    }

    static void unregister(Consumer<String> onDeath) {
        BROKERS.remove(onDeath);
    }

    /** Runs a tool of Kafka's on this thread; where it would end the process it throws a {@link Requested}. */
    static <T, E extends Exception> T inTool(Tool<T, E> tool) throws E {
        IN_TOOL.set(true);
        try {
            return tool.run();
        } finally {
            IN_TOOL.remove();
        }
    }

    /** What calls for the process's end when it is done, or done for. */
    interface Tool<T, E extends Exception> {
        T run() throws E;
    }

    private static void onExit(int status, @Nullable String message) {
        if (IN_TOOL.get()) {
            throw new Requested(status, message);
        }
        // Kafka does not say which of several brokers in a process it was: the process would have ended for all.
        var reason =
                message == null ? "Kafka's server gave up (status " + status + ", the cause is in its log)" : message;
        BROKERS.forEach(broker -> broker.accept(reason));
    }

    /** What a tool wanted to end the process with. */
    static final class Requested extends RuntimeException {
        private final int status;

        Requested(int status, @Nullable String message) {
            super(message);
            this.status = status;
        }

        int status() {
            return status;
        }
    }
}
