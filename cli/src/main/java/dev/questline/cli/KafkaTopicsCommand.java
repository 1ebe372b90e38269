package dev.questline.cli;

import dev.questline.log.KafkaTopics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Unmatched;

@Command(
        name = "kafka-topics",
        description = "Kafka's own tool, its flags unchanged, with this project's broker filled in.",
        footer = {
            "",
            "Example:",
            "  questline kafka-topics --create --if-not-exists --topic events --partitions 1",
            "  questline kafka-topics --describe"
        })
final class KafkaTopicsCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Questline questline;

    @Unmatched
    @SuppressWarnings("UnusedVariable") // they go on as they were given, with a "--" among them
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() {
        var caller = questline.caller();
        var project = ProjectOptions.ofStack(caller, Optional.empty());
        // The tool prints to System.out.
        var processOut = System.out;
        System.setOut(caller.out());
        try {
            return KafkaTopics.run(questline.arguments(), ProjectOptions.kafka(project, null, null));
        } finally {
            System.out.flush();
            System.setOut(processOut);
        }
    }
}
