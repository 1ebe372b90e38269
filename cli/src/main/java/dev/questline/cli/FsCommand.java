package dev.questline.cli;

import dev.questline.cli.stack.Installation;
import dev.questline.event.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Unmatched;

@Command(
        name = "fs",
        description = "Hadoop's own file system shell, its flags unchanged, on any path: local, hdfs://, s3a://.",
        footer = {
            "",
            "All its commands: questline fs -help. A Hadoop configuration in HADOOP_CONF_DIR is used.",
            "",
            "Example:",
            "  questline fs -ls hdfs://localhost:8020/purchases"
        })
final class FsCommand implements Callable<Integer> {
    /** Hadoop's -1. */
    private static final int WRONG_USE = 255;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Questline questline;

    @Option(names = "--help", usageHelp = true, description = "This text.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    @Unmatched
    @SuppressWarnings("UnusedVariable") // they go on as they were given, with a "--" among them
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        var args = new ArrayList<>(List.of("org.apache.hadoop.fs.FsShell"));
        args.addAll(questline.arguments());
        var command = Installation.current().hadoopClient(args.toArray(String[]::new));
        int exitCode = ChildProcess.run(command, questline.caller());
        return exitCode == WRONG_USE ? UserError.WRONG_USE : exitCode;
    }
}
