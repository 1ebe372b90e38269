package dev.questline.bench.lab;

import dev.questline.bench.part.BareCollectorPart;
import dev.questline.bench.part.BrokerPart;
import dev.questline.bench.part.EmptyServerPart;
import dev.questline.cli.stack.StackState;
import dev.questline.event.Project;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Starts the servers that are compared, each on free ports of the loopback address. They are ready when returned. */
public final class Servers {
    private static final Duration READY_LIMIT = Duration.ofMinutes(2);

    private static final Duration ARCHIVES_LIMIT = Duration.ofMinutes(5);

    private final Lab lab;
    private @Nullable Path archived;

    public Servers(Lab lab) {
        this.lab = lab;
    }

    /** A broker as {@code up} has it, in a process of its own. */
    public Broker broker() throws IOException, InterruptedException {
        var port = Port.anyFree();
        var data = lab.newFolder("broker-data");
        var process =
                lab.start("broker", lab.checkout().light(BrokerPart.class, data.toString(), Integer.toString(port)));
        var deadline = System.nanoTime() + READY_LIMIT.toNanos();
        while (!process.output().contains(BrokerPart.READY)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IOException("the broker did not start" + process.lastWords());
            }
            Thread.sleep(20);
        }
        return new Broker(process, "localhost:" + port);
    }

    /** {@code questline collect} as a user gets it: ids, receipts, metrics, and the access log into a file. */
    public Server collector(Broker broker) throws IOException, InterruptedException {
        var server = startCollector(broker);
        Answers.await(server);
        return server;
    }

    /** The same, not yet ready. */
    public Server startCollector(Broker broker) throws IOException {
        return start(
                "collect",
                lab.checkout().distribution(),
                List.of("collect", "--bootstrap-server", broker.bootstrapServers()),
                Map.of());
    }

    /** {@code questline up} in a new project: broker and collector in one process, and Spark beside it, ready and idle. */
    public Stack stack() throws IOException, InterruptedException {
        return stack(
                lab.checkout().linkedDistribution(lab.newFolder("questline").resolve("home"), false));
    }

    /** The same of this distribution. */
    public Stack stack(Path distribution) throws IOException, InterruptedException {
        var project = lab.newFolder("project");
        var server = startStack(distribution, project);
        Answers.await(server);
        var state = StackState.read(Project.unread(project));
        var deadline = System.nanoTime() + READY_LIMIT.toNanos();
        while (!state.map(StackState::isReady).orElse(false)) {
            if (System.nanoTime() > deadline) {
                throw new IOException("the stack was not ready within " + READY_LIMIT.toMinutes() + " minutes"
                        + server.process().lastWords());
            }
            Thread.sleep(100);
            state = StackState.read(Project.unread(project));
        }
        return new Stack(server, distribution, project, state.orElseThrow());
    }

    /** A distribution whose stack has run until it had made its class archives: made at the first call, which takes minutes. */
    public synchronized Path archivedDistribution() throws IOException, InterruptedException {
        if (archived == null) {
            archived =
                    lab.checkout().linkedDistribution(lab.newFolder("archived").resolve("home"), true);
            makeArchives(archived);
        }
        return archived;
    }

    private void makeArchives(Path distribution) throws IOException, InterruptedException {
        var deadline = System.nanoTime() + ARCHIVES_LIMIT.toNanos();
        try (var stack = startStack(distribution, lab.newFolder("project"))) {
            Answers.await(stack);
            while (archives(distribution) < 2) {
                if (System.nanoTime() > deadline) {
                    throw new IOException("no class archives within " + ARCHIVES_LIMIT.toMinutes() + " minutes");
                }
                Thread.sleep(500);
            }
        }
    }

    private static long archives(Path distribution) throws IOException {
        try (var files = Files.walk(distribution.resolve("classes"))) {
            return files.filter(file -> file.toString().endsWith(".jsa")).count();
        }
    }

    /** The same, not yet ready. */
    public Server startStack(Path distribution, Path project) throws IOException {
        return start(
                "up",
                distribution,
                List.of("up", "-C", project.toString()),
                Map.of("kafka.port", Integer.toString(Port.anyFree()), "sql.port", Integer.toString(Port.anyFree())));
    }

    /** The seconds that {@code up -d} takes until all is ready; then the stack is stopped. */
    public double secondsUntilReady(Path distribution) throws IOException, InterruptedException {
        var project = lab.newFolder("project");
        var command =
                new ArrayList<>(List.of(distribution.resolve("bin/questline").toString(), "up", "-d"));
        command.addAll(List.of("-C", project.toString()));
        for (var setting : List.of("collector.port", "collector.management_port", "kafka.port", "sql.port")) {
            command.addAll(List.of("--set", setting + "=" + Port.anyFree()));
        }
        try (var stack = lab.expectStack(project)) {
            var begin = System.nanoTime();
            lab.run("up", READY_LIMIT, command);
            return (System.nanoTime() - begin) / 1e9;
        }
    }

    private Server start(String name, Path distribution, List<String> args, Map<String, String> settings)
            throws IOException {
        var port = Port.anyFree();
        var command =
                new ArrayList<>(List.of(distribution.resolve("bin/questline").toString()));
        command.addAll(args);
        settings.forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
        command.addAll(List.of("--set", "collector.port=" + port));
        command.addAll(List.of("--set", "collector.management_port=" + Port.anyFree()));
        return new Server(lab.start(name, command), sword(port));
    }

    /** The empty server: the same framework and options, the same bytes, and nothing behind it. */
    public Server empty() throws IOException, InterruptedException {
        var port = Port.anyFree();
        return ready("empty", lab.checkout().light(EmptyServerPart.class, Integer.toString(port)), Map.of(), port);
    }

    /** The empty server with a producer behind it, and nothing else. */
    public Server bare(Broker broker) throws IOException, InterruptedException {
        var port = Port.anyFree();
        var command = lab.checkout().light(BareCollectorPart.class, broker.bootstrapServers(), Integer.toString(port));
        return ready("bare", command, Map.of(), port);
    }

    /** The classic server by Flask's own development server. */
    public Server flask(Broker broker) throws IOException, InterruptedException {
        var port = Port.anyFree();
        var command = List.of(
                "/usr/bin/python3",
                "-m",
                "flask",
                "--app",
                classic().resolve("classic.py").toString(),
                "run",
                "--port",
                "" + port);
        return ready("flask", command, environment(broker), port);
    }

    /** The classic server by gunicorn. */
    public Server gunicorn(Broker broker, int workers) throws IOException, InterruptedException {
        var port = Port.anyFree();
        var command = List.of(
                "/usr/bin/python3",
                "-m",
                "gunicorn",
                "--workers",
                Integer.toString(workers),
                "--bind",
                "127.0.0.1:" + port,
                "--chdir",
                classic().toString(),
                "classic:app");
        return ready("gunicorn", command, environment(broker), port);
    }

    private Path classic() {
        return lab.checkout().file("src/main/python");
    }

    private static Map<String, String> environment(Broker broker) {
        return Map.of("BOOTSTRAP_SERVERS", broker.bootstrapServers(), "PYTHONDONTWRITEBYTECODE", "1");
    }

    private Server ready(String name, List<String> command, Map<String, String> environment, int port)
            throws IOException, InterruptedException {
        var server = new Server(lab.start(name, command, environment), sword(port));
        Answers.await(server);
        return server;
    }

    private static URI sword(int port) {
        return URI.create("http://127.0.0.1:" + port + "/purchase_a_sword");
    }
}
