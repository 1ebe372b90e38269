package dev.questline.cli;

import dev.questline.cli.stack.BrokerWait;
import dev.questline.cli.stack.ShutdownHook;
import dev.questline.collect.AccessLog;
import dev.questline.collect.Collector;
import dev.questline.collect.LiveCatalog;
import dev.questline.collect.LiveCertificate;
import dev.questline.event.Project;
import dev.questline.log.KafkaEventLog;
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
        Logs.toStandardError(project.settings().logs());
        var messages = Logs.messages(project.settings().logs(), caller.err());
        var where = project.settings().collector();
        var accessLog = AccessLog.of(where, caller.out());
        var log = KafkaEventLog.open(project.settings().kafka());
        var catalog = LiveCatalog.watch(project, messages);
        var collector = Collector.start(where, catalog, log, accessLog);
        var certificate = LiveCertificate.watch(where, collector, messages);
        Runnable stop = () -> {
            certificate.close();
            collector.close();
            log.close();
            catalog.close();
            accessLog.close();
        };
        if (!ShutdownHook.add(new Thread(stop, "collect-stop"))) {
            throw new InterruptedException("told to end");
        }
        Collector.caution(where).ifPresent(messages);
        messages.accept("collecting at " + where.url() + " into topic "
                + project.settings().kafka().topic() + " at "
                + project.settings().kafka().bootstrapServers() + "; health and metrics at "
                + where.managementUrl());
        BrokerWait.until(
                log,
                project.settings().kafka().bootstrapServers(),
                whyNot -> messages.accept(whyNot + BrokerWait.MEANWHILE));
        new CountDownLatch(1).await();
        return 0;
    }
}
