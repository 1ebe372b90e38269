package dev.questline.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.questline.event.ClientProperties;
import dev.questline.event.DidYouMean;
import dev.questline.event.KafkaGreeting;
import dev.questline.event.Settings;
import dev.questline.event.UserError;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import joptsimple.OptionException;
import org.apache.kafka.tools.TopicCommandAccess;

/** Kafka's own {@code kafka-topics}, its flags and output unchanged. */
public final class KafkaTopics {
    private static final String SERVERS_FLAG = "--bootstrap-server";
    private static final String PROPERTIES_FLAG = "--command-config";

    private KafkaTopics() {}

    /**
     * Runs the tool in this process; its results go to {@link System#out}.
     *
     * @param kafka whose servers and client properties are used unless the arguments name others
     * @return the exit code, 0; what fails is a {@link UserError}
     */
    public static int run(List<String> arguments, Settings.Kafka kafka) {
        if (arguments.contains("--help")) {
            return printHelp();
        }
        try {
            var used = isNone(arguments, PROPERTIES_FLAG) ? kafka : plain(kafka.bootstrapServers());
            ClientProperties.of(used); // Kafka would be less clear of a file that it can't use.
            act(parse(withKafka(arguments, used)), used);
            return 0;
        } catch (KafkaExit.Requested e) {
            return exitCode(e);
        } catch (OptionException e) {
            throw UserError.wrongUse("kafka-topics: " + e.getMessage() + hint(e));
        }
    }

    /** The same with a Kafka that asks nothing else of its clients. */
    public static int run(List<String> arguments, String servers) {
        return run(arguments, plain(servers));
    }

    private static Settings.Kafka plain(String servers) {
        return new Settings.Kafka(Optional.of(servers), 0, "", 0);
    }

    private static List<String> withKafka(List<String> arguments, Settings.Kafka kafka) {
        var all = new ArrayList<String>(); // in front, lest a flag without its value take them
        if (isNone(arguments, SERVERS_FLAG)) {
            all.addAll(List.of(SERVERS_FLAG, kafka.bootstrapServers()));
        }
        kafka.clientProperties().ifPresent(file -> all.addAll(List.of(PROPERTIES_FLAG, file.toString())));
        all.addAll(arguments);
        return all;
    }

    private static boolean isNone(List<String> arguments, String flag) {
        return arguments.stream().noneMatch(argument -> argument.startsWith(flag));
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

    private static void act(TopicCommandAccess command, Settings.Kafka kafka) {
        var asked = kafka.at(command.bootstrapServers(), kafka.topic());
        KafkaGreeting.requireNoOther(asked.bootstrapServers(), ClientProperties.of(asked));
        try {
            KafkaExit.inTool(() -> {
                command.run(ClientConfig.answers());
                return 0;
            });
        } catch (ExecutionException e) {
            throw failed(asked, e.getCause() == null ? e : e.getCause());
        } catch (Exception e) {
            throw failed(asked, e);
        }
    }

    private static RuntimeException failed(Settings.Kafka kafka, Throwable cause) {
        if (cause instanceof KafkaExit.Requested || cause instanceof OptionException) {
            return (RuntimeException) cause;
        }
        return UnreachableKafka.isBehind(cause)
                ? UnreachableKafka.at(kafka, cause)
                : UserError.failed("kafka-topics: " + cause.getMessage(), cause);
    }
}
