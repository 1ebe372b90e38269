package org.apache.kafka.tools;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import joptsimple.OptionParser;

/**
 * Kafka's {@code kafka-topics} as parsed flags and an action. It is in Kafka's package because only {@code main} is
 * public there: that one ends the process, prints stack traces, waits a minute for a broker that is away, and, of the
 * last version published, does not run with this Kafka's clients.
 */
public final class TopicCommandAccess {
    private final TopicCommand.TopicCommandOptions options;

    /** Parses as the tool does: at wrong use it prints its usage and calls Kafka's {@code Exit}. */
    public TopicCommandAccess(Collection<String> arguments) {
        this.options = new TopicCommand.TopicCommandOptions(arguments.toArray(String[]::new));
    }

    /** The tool's flags, for their help. */
    public static OptionParser parser() {
        return new TopicCommandAccess(List.of("--list", "--bootstrap-server", "localhost:9092")).options.parser;
    }

    public String bootstrapServers() {
        return options.bootstrapServer().orElse("");
    }

    /** Does what the flags say; {@code defaults} are client settings where the user's file has none. */
    @SuppressWarnings("try") // its close may be interrupted: so may all of this
    public void run(Map<String, Object> defaults) throws Exception {
        var config = options.commandConfig();
        defaults.forEach(config::putIfAbsent);
        try (var service = new TopicCommand.TopicService(config, options.bootstrapServer())) {
            if (options.hasCreateOption()) {
                service.createTopic(options);
            } else if (options.hasAlterOption()) {
                service.alterTopic(options);
            } else if (options.hasListOption()) {
                service.listTopics(options);
            } else if (options.hasDescribeOption()) {
                service.describeTopic(options);
            } else if (options.hasDeleteOption()) {
                service.deleteTopic(options);
            }
        }
    }
}
