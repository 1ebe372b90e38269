package dev.questline.query;

import dev.questline.query.flight.SqlDoor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Answers requests until standard input ends, which is when the parent process does. */
@Command(name = "serve", mixinStandardHelpOptions = true)
final class Serve implements Callable<Integer> {
    private final InputStream in;
    private final PrintStream out;

    @Mixin
    private final SqlOptions options = new SqlOptions();

    @Option(names = "--port", defaultValue = "0", description = "0 takes a free one")
    private int port;

    @Option(names = "--sql-port", paramLabel = "PORT", description = "where other tools find SQL; without one, nowhere")
    private @Nullable Integer sqlPort;

    Serve(InputStream in, PrintStream out) {
        this.in = in;
        this.out = out;
    }

    @Override
    public Integer call() throws IOException {
        if (sqlPort == null) {
            serve(spark -> {});
            return 0;
        }
        try (var door = new SqlDoor(sqlPort)) {
            serve(spark -> door.open(spark, options));
        }
        return 0;
    }

    private void serve(Consumer<SparkSession> whenReady) throws IOException {
        var project = options.project().orElseThrow().toAbsolutePath();
        var spark = Main.start(options.master(), project);
        spark.sql("select 1").collectAsList();
        try (var service = new QueryService(spark, port)) {
            out.println(service.readyLine());
            out.flush();
            whenReady.accept(spark);
            new Warmup(spark).start();
            in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
