package dev.questline.cli.stack;

import dev.questline.cli.stack.Component.Status;
import dev.questline.collect.AccessLog;
import dev.questline.collect.Collector;
import dev.questline.collect.LiveCatalog;
import dev.questline.collect.LiveCertificate;
import dev.questline.event.Project;
import dev.questline.event.UserError;
import dev.questline.log.EmbeddedBroker;
import dev.questline.log.EventLog;
import dev.questline.log.IdempotentLog;
import dev.questline.query.SqlPort;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/** The stack's own process: broker and collector live in it, Spark and HDFS in children that it watches. */
public final class Stack {
    private static final long LARGE_LOG_BYTES = 64L << 20;

    private final Project project;
    private final PrintStream messages;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final List<SupervisedProcess> children = new ArrayList<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private boolean stopping;

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
        endLeftovers();
        var board = new Board(project, components());
        if (!ShutdownHook.add(new Thread(() -> stop(board, lock), "stack-stop"))) {
            throw new InterruptedException("told to end");
        }
        var archives = own(ClassArchives.ofStack(project));
        try {
            start(board, accessLog);
        } catch (UserError e) {
            board.failed(String.valueOf(e.getMessage()));
            throw e;
        }
        whenReady.accept(board.awaitReady());
        archives.start();
        stopped.await();
    }

    /** A stack that was killed may have left children that had not noticed yet. */
    private void endLeftovers() {
        StackState.read(project)
                .ifPresent(dead ->
                        dead.processes().flatMap(id -> id.running().stream()).forEach(ProcessHandle::destroyForcibly));
    }

    private List<String> components() {
        var names = new ArrayList<>(List.of("broker", "collector", "spark"));
        if (project.settings().hdfs().enabled()) {
            names.addAll(List.of("namenode", "datanode"));
        }
        return names;
    }

    /** In the order of closing, the last first: what accepts before what it hands on to. */
    private void start(Board board, AccessLog accessLog) throws InterruptedException {
        own(accessLog);
        project.settings().sql().port().ifPresent(SqlPort::check); // Told at once, rather than by Spark's log.
        var kafka = project.settings().kafka();
        var broker = startBroker(board);
        ownChild(SparkSide.start(project, board, messages));
        var log = own(IdempotentLog.open(project.settings()));
        var catalog = own(LiveCatalog.watch(project, messages::println));
        var where = project.settings().collector();
        var collector = own(Collector.start(where, catalog, log, accessLog));
        own(LiveCertificate.watch(where, collector, messages::println));
        Collector.caution(where).ifPresent(messages::println);
        board.ready("collector", where.url() + ", health and metrics at " + where.managementUrl(), null);
        if (project.settings().hdfs().enabled()) {
            for (var daemon : new Hdfs(project).start(board, messages)) {
                ownChild(daemon);
            }
        }
        await(broker);
        awaitTopic(board, log, kafka.bootstrapServers());
        board.ready("broker", kafka.bootstrapServers() + ", topic " + kafka.topic(), null);
    }

    /**
     * On a thread of its own, so that the collector need not wait. Should the broker die by itself, as of a full disk, the
     * collector answers 503 and the status says why.
     */
    private CompletableFuture<Void> startBroker(Board board) throws InterruptedException {
        var kafka = project.settings().kafka();
        if (kafka.externalServers().isPresent()) {
            return CompletableFuture.completedFuture(null);
        }
        EmbeddedBroker.requireFree(kafka.port()); // Before a client of ours meets whoever else is there.
        var broker = CompletableFuture.supplyAsync(
                () -> EmbeddedBroker.start(project.data().resolve("kafka"), kafka.port()),
                task -> new Thread(task, "broker-start").start());
        own(() -> closeIfStarted(broker));
        return broker.thenAccept(started -> started.death().thenAccept(reason -> {
            board.down("broker", Status.FAILED, reason);
            messages.println(
                    "the broker has died: " + reason + "; `questline down`, mend it, and `questline up` again");
        }));
    }

    private static void closeIfStarted(CompletableFuture<EmbeddedBroker> broker) {
        if (broker.isDone() && !broker.isCompletedExceptionally()) {
            broker.join().close();
        }
    }

    private static void await(CompletableFuture<Void> broker) throws InterruptedException {
        try {
            broker.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
        }
    }

    /** Until an event would be acknowledged; a broker of the user's may take its time. */
    private void awaitTopic(Board board, EventLog log, String servers) throws InterruptedException {
        BrokerWait.until(log, servers, whyNot -> {
            board.note("broker", whyNot);
            messages.println(whyNot + BrokerWait.MEANWHILE);
        });
    }

    /** Takes over what is to be closed when the stack stops; if that is so already, closes it at once. */
    private synchronized <T extends AutoCloseable> T own(T part) throws InterruptedException {
        if (stopping) {
            close(part);
            throw new InterruptedException("told to end");
        }
        parts.push(part);
        return part;
    }

    private synchronized void ownChild(SupervisedProcess child) throws InterruptedException {
        if (stopping) {
            child.close();
            throw new InterruptedException("told to end");
        }
        children.add(child);
    }

    private synchronized void stop(Board board, ProjectLock lock) {
        stopping = true;
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

    /** The same, opened to append; it keeps to a size. */
    public static OutputStream openLog(Project project, String component) {
        try {
            return new RollingFile(logFile(project, component), LARGE_LOG_BYTES);
        } catch (IOException e) {
            throw UserError.failed("cannot write the log: " + e.getMessage(), e);
        }
    }
}
