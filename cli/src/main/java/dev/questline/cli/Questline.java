package dev.questline.cli;

import java.util.List;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "questline",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "HTTP calls become events in Kafka, Spark turns the log into tables, SQL asks questions of them.",
            "A project is a folder with a questline.yaml; its data live in .questline/ in it."
        },
        footer = {
            "",
            "Start here:",
            "  questline demo                 the whole workflow, step by step",
            "  questline up -d                the stack of this project, in the background",
            "  curl localhost:5000/purchase_a_sword",
            "  questline sql 'select * from events'"
        },
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            CollectCommand.class,
            KafkaTopicsCommand.class,
            TailCommand.class,
            LoadCommand.class,
            ExtractCommand.class,
            FsCommand.class,
            SqlCommand.class,
            NotebookCommand.class,
            ShellCommand.class,
            GenerateCompletion.class,
            HelpCommand.class
        })
final class Questline implements Runnable {
    private final Caller caller;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    Questline(Caller caller) {
        this.caller = caller;
    }

    Caller caller() {
        return caller;
    }

    /** The command's name and its arguments as they were given. */
    List<String> commandLine() {
        var parsed = spec.commandLine().getParseResult();
        var line = parsed.originalArgs();
        return line.subList(line.indexOf(parsed.subcommand().commandSpec().name()), line.size());
    }

    /** The same without the name. */
    List<String> arguments() {
        var line = commandLine();
        return line.subList(1, line.size());
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "which command? One of " + String.join(", ", spec.subcommands().keySet()));
    }
}
