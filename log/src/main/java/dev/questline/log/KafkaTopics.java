package dev.questline.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.questline.event.DidYouMean;
import dev.questline.event.UserError;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import joptsimple.OptionException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.tools.TopicCommandAccess;

/** Kafka's own {@code kafka-topics}, its flags and output unchanged. */
public final class KafkaTopics {
    private static final String SERVERS_FLAG = "--bootstrap-server";

    private KafkaTopics() {}

    /**
     * Runs the tool in this process; its results go to {@link System#out}.
     *
     * @param servers used unless the arguments name a bootstrap server
     * @return the exit code, 0; what fails is a {@link UserError}
     */
    public static int run(List<String> arguments, String servers) {
        if (arguments.contains("--help")) {
            return printHelp();
        }
        var all = new ArrayList<>(arguments);
        if (arguments.stream().noneMatch(argument -> argument.startsWith(SERVERS_FLAG))) {
            all.addAll(List.of(SERVERS_FLAG, servers));
        }
        try {
            var command = parse(all);
            act(command);
            return 0;
        } catch (KafkaExit.Requested e) {
            return exitCode(e);
        }
    }

    private static int printHelp() {
        try {
            TopicCommandAccess.parser().printHelpOn(System.out);
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot print the help", e);
        }
    }

    /** Without the screens of usage that the tool prints at wrong use: its message comes with its request to exit. */
    private static TopicCommandAccess parse(List<String> arguments) {
        var stderr = System.err;
        System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
        try {
            return KafkaExit.inTool(() -> new TopicCommandAccess(arguments));
        } catch (OptionException e) {
            throw UserError.wrongUse("kafka-topics: " + e.getMessage() + hint(e));
        } finally {
            System.setErr(stderr);
        }
    }

    private static String hint(OptionException e) {
        var known = TopicCommandAccess.parser().recognizedOptions().keySet();
        var given = e.options().isEmpty() ? "" : e.options().get(0);
        return known.contains(given) ? "" : DidYouMean.hint(given, known);
    }

    private static int exitCode(KafkaExit.Requested requested) {
        if (requested.status() != 0) {
            throw UserError.wrongUse("kafka-topics: " + requested.getMessage() + " (--help shows its flags)");
        }
        return 0;
    }

    private static void act(TopicCommandAccess command) {
        var servers = command.bootstrapServers();
        try {
            KafkaExit.inTool(() -> {
                command.run(ClientConfig.answers());
                return 0;
            });
        } catch (ExecutionException e) {
            throw failed(servers, e.getCause() == null ? e : e.getCause());
        } catch (Exception e) {
            throw failed(servers, e);
        }
    }

    private static RuntimeException failed(String servers, Throwable cause) {
        if (cause instanceof KafkaExit.Requested requested) {
            return requested;
        }
        var unreachable = cause instanceof TimeoutException || cause.getCause() instanceof ConfigException;
        return unreachable
                ? UnreachableKafka.at(servers, cause)
                : UserError.failed("kafka-topics: " + cause.getMessage(), cause);
    }
}
