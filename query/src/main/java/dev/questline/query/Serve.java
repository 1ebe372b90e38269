package dev.questline.query;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Answers requests until standard input ends, which is when the parent process does. */
@Command(name = "serve", mixinStandardHelpOptions = true)
final class Serve implements Callable<Integer> {
    private final InputStream in;
    private final PrintStream out;

    @Option(names = "--project", required = true, paramLabel = "FOLDER")
    private Path project = Path.of("");

    @Option(names = "--master", defaultValue = "local[*]")
    private String master = "";

    @Option(names = "--port", defaultValue = "0", description = "0 takes a free one")
    private int port;

    Serve(InputStream in, PrintStream out) {
        this.in = in;
        this.out = out;
    }

    @Override
    public Integer call() throws IOException {
        var spark = Main.start(master, project.toAbsolutePath());
        spark.sql("select 1").collectAsList();
        try (var service = new QueryService(spark, port)) {
            out.println(service.readyLine());
            out.flush();
            new Warmup(spark).start();
            in.transferTo(OutputStream.nullOutputStream());
        }
        return 0;
    }
}
