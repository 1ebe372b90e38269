package dev.questline.cli.stack;

import dev.questline.cli.stack.Component.Status;
import dev.questline.collect.AccessLog;
import dev.questline.collect.Collector;
import dev.questline.collect.LiveCatalog;
import dev.questline.event.Project;
import dev.questline.event.UserError;
import dev.questline.log.EmbeddedBroker;
import dev.questline.log.EventLog;
import dev.questline.log.KafkaEventLog;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** The stack's own process: broker and collector live in it, Spark and HDFS in children that it watches. */
public final class Stack {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Project project;
    private final PrintStream messages;
    private final Deque<AutoCloseable> parts = new ConcurrentLinkedDeque<>();
    private final List<SupervisedProcess> children = new CopyOnWriteArrayList<>();
    private final CountDownLatch stopped = new CountDownLatch(1);

    public Stack(Project project, PrintStream messages) {
        this.project = project;
        this.messages = messages;
    }

    /**
     * Starts everything and stays until the process is told to end.
     *
     * @param whenReady told once, when all is ready
     */
    public void run(AccessLog accessLog, Consumer<StackState> whenReady) throws InterruptedException {
        var lock = ProjectLock.take(project);
        var board = new Board(project, components());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(board, lock), "stack-stop"));
        try {
            start(board, accessLog);
        } catch (UserError e) {
            board.failed(String.valueOf(e.getMessage()));
            throw e;
        }
        whenReady.accept(board.awaitReady());
        stopped.await();
    }

    private List<String> components() {
        var names = new ArrayList<>(List.of("broker", "collector", "spark"));
        if (project.settings().hdfs().enabled()) {
            names.addAll(List.of("namenode", "datanode"));
        }
        return names;
    }

    private void start(Board board, AccessLog accessLog) throws InterruptedException {
        parts.push(accessLog);
        var kafka = project.settings().kafka();
        if (kafka.externalServers().isEmpty()) {
            startBroker(board, kafka.port());
        }
        var log = KafkaEventLog.open(kafka);
        parts.push(log);
        var catalog = LiveCatalog.watch(project, messages::println);
        parts.push(catalog);
        parts.push(Collector.start(project.settings().collector(), catalog, log, accessLog));
        board.ready("collector", project.settings().collector().url(), null);
        children.add(SparkSide.start(project, board, messages));
        if (project.settings().hdfs().enabled()) {
            children.addAll(new Hdfs(project).start(board, messages));
        }
        awaitTopic(log, kafka.bootstrapServers());
        board.ready("broker", kafka.bootstrapServers() + ", topic " + kafka.topic(), null);
    }

    /** Should the broker die by itself, as of a full disk, the collector answers 503 and the status says why. */
    private void startBroker(Board board, int port) {
        var broker = EmbeddedBroker.start(project.data().resolve("kafka"), port);
        parts.push(broker);
        broker.death().thenAccept(reason -> {
            board.down("broker", Status.FAILED, reason);
            messages.println(
                    "the broker has died: " + reason + "; `questline down`, mend it, and `questline up` again");
        });
    }

    /** Until an event would be acknowledged; a broker of the user's may take its time. */
    private void awaitTopic(EventLog log, String servers) throws InterruptedException {
        long sayAt = System.nanoTime() + PATIENCE.toNanos();
        boolean said = false;
        while (!log.isAvailable()) {
            if (!said && System.nanoTime() > sayAt) {
                messages.println("no broker answers at " + servers + " yet; until then the collector answers 503");
                said = true;
            }
            Thread.sleep(20);
        }
    }

    private void stop(Board board, ProjectLock lock) {
        board.close();
        children.forEach(SupervisedProcess::stop);
        parts.forEach(Stack::close);
        children.forEach(SupervisedProcess::close);
        StackState.delete(project);
        lock.close();
        stopped.countDown();
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            org.slf4j.LoggerFactory.getLogger(Stack.class).error("closing {} failed", part, e);
        }
    }

    /** The file one component logs to. */
    public static Path logFile(Project project, String component) {
        var folder = project.data().resolve("logs");
        try {
            return Files.createDirectories(folder).resolve(component + ".log");
        } catch (IOException e) {
            throw UserError.failed("cannot write in " + folder + ": " + e.getMessage(), e);
        }
    }

    /** The same, opened to append. */
    public static OutputStream openLog(Project project, String component) {
        try {
            return new FileOutputStream(logFile(project, component).toFile(), true);
        } catch (IOException e) {
            throw UserError.failed("cannot write the log: " + e.getMessage(), e);
        }
    }
}
