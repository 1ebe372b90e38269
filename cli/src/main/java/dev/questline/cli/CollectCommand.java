package dev.questline.cli;

import dev.questline.cli.stack.BrokerWait;
import dev.questline.cli.stack.ShutdownHook;
import dev.questline.collect.AccessLog;
import dev.questline.collect.Collector;
import dev.questline.collect.LiveCatalog;
import dev.questline.event.Project;
import dev.questline.log.IdempotentLog;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "collect",
        mixinStandardHelpOptions = true,
        description = "The collector alone, against any Kafka; the access log goes to stdout.",
        footer = {
            "",
            "It starts without the broker too, answers 503 until that is there, and ends on Ctrl-C.",
            "",
            "Example:",
            "  questline collect --bootstrap-server kafka-1:9092,kafka-2:9092"
        })
final class CollectCommand extends ProjectCommand {
    @Option(
            names = "--bootstrap-server",
            paramLabel = "HOST:PORT[,…]",
            description = "The Kafka brokers (setting kafka.bootstrap_servers; default: this project's own broker).")
    void bootstrapServer(String servers) {
        projectOptions().set("kafka.bootstrap_servers", servers);
    }

    @Override
    int run(Project project, Caller caller) throws InterruptedException {
        Logs.toStandardError();
        var accessLog = AccessLog.of(project.settings().collector(), caller.out());
        var log = IdempotentLog.open(project.settings());
        var catalog = LiveCatalog.watch(project, caller.err()::println);
        var collector = Collector.start(project.settings().collector(), catalog, log, accessLog);
        Runnable stop = () -> {
            collector.close();
            log.close();
            catalog.close();
            accessLog.close();
        };
        if (!ShutdownHook.add(new Thread(stop, "collect-stop"))) {
            throw new InterruptedException("told to end");
        }
        caller.err()
                .println("collecting at " + project.settings().collector().url() + " into topic "
                        + project.settings().kafka().topic() + " at "
                        + project.settings().kafka().bootstrapServers() + "; health and metrics at "
                        + project.settings().collector().managementUrl());
        BrokerWait.until(log, project.settings().kafka().bootstrapServers(), caller.err()::println);
        new CountDownLatch(1).await();
        return 0;
    }
}
