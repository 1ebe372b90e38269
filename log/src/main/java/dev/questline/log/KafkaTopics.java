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
        try {
            act(parse(withServers(arguments, servers)));
            return 0;
        } catch (KafkaExit.Requested e) {
            return exitCode(e);
        } catch (OptionException e) {
            throw UserError.wrongUse("kafka-topics: " + e.getMessage() + hint(e));
        }
    }

    private static List<String> withServers(List<String> arguments, String servers) {
        if (arguments.stream().anyMatch(argument -> argument.startsWith(SERVERS_FLAG))) {
            return arguments;
        }
        var all = new ArrayList<>(List.of(SERVERS_FLAG, servers)); // in front, lest a flag without its value take them
        all.addAll(arguments);
        return all;
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
        } catch (IllegalArgumentException e) {
            throw UserError.wrongUse("kafka-topics: " + e.getMessage());
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
        if (cause instanceof KafkaExit.Requested || cause instanceof OptionException) {
            return (RuntimeException) cause;
        }
        var unreachable = cause instanceof TimeoutException || cause.getCause() instanceof ConfigException;
        return unreachable
                ? UnreachableKafka.at(servers, cause)
                : UserError.failed("kafka-topics: " + cause.getMessage(), cause);
    }
}
