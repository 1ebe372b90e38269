package dev.questline.cli;

import dev.questline.cli.stack.Installation;
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
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Questline questline;

    @Option(names = "--help", usageHelp = true, description = "This text.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        var args = new ArrayList<>(List.of("org.apache.hadoop.fs.FsShell"));
        args.addAll(arguments);
        return ChildProcess.run(Installation.current().hadoopClient(args.toArray(String[]::new)), questline.caller());
    }
}
