package dev.questline.cli;

import dev.questline.cli.stack.Folders;
import dev.questline.cli.stack.ShutdownHook;
import dev.questline.event.SettingKey;
import dev.questline.event.UserError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The workflow from the first request to the last query, each step as the command a person would type. */
final class Demo {
    private static final int STEPS = 12;
    private static final String GAME = """
            # A game's events. Change them while the stack runs: the next request sees it.
            collector:
              port: %d
              management_port: %d
            kafka:
              port: %d
            sql:
              port: %d
            hdfs:
              port: %d
            events:
              default:
                route: GET /
                answer: "This is the default response!\\n"
              purchase_sword:
                route: GET /purchase_a_sword
                answer: "Sword Purchased!\\n"
            """;
    private static final String KNIFE = """
              purchase_knife:
                route: GET /purchase_a_knife
                answer: "Knife Purchased!\\n"
                fields:
                  description: very sharp knife
            """;

    private static final String CELLS = """
            var swords = sql("select * from purchases where Host = 'user1.comcast.com'");
            swords.createOrReplaceTempView("user1");
            describe(swords)
            table("user1").groupBy("event_type").count()
            """;

    private final Caller user;
    private final boolean keep;
    private final Path project;
    private final int collectorPort = portNear(5000);
    private final int managementPort = portNear(15000);
    private final int kafkaPort = portNear(9092);
    private final int sqlPort = portNear(25000);
    private final int hdfsPort = portNear(8020);
    private int step;

    Demo(Caller caller, boolean keep) throws IOException {
        this.keep = keep;
        this.project = Files.createTempDirectory("questline-demo-").toRealPath();
        // What a terminal would show: both streams in their order.
        this.user = new Caller(caller.out(), caller.out(), caller.in(), project, withoutSettings(caller.environment()));
    }

    /** Runs all steps, then stops the stack and deletes the project, also when a step fails or Ctrl-C ends it. */
    int run() throws Exception {
        var begun = Instant.now();
        var cleaned = new CountDownLatch(1);
        endWith(Thread.currentThread(), cleaned);
        try {
            steps();
            say(
                    "%nAll of it took %d s.%n",
                    Duration.between(begun, Instant.now()).toSeconds());
            return 0;
        } finally {
            Thread.interrupted();
            cleanUp();
            cleaned.countDown();
        }
    }

    private void steps() throws IOException {
        var collector = "http://localhost:" + collectorPort;
        var hdfs = "hdfs://localhost:" + hdfsPort + "/purchases";
        say("A fresh project:%n$ cd %s%n", project);
        Files.writeString(
                project.resolve("questline.yaml"),
                GAME.formatted(collectorPort, managementPort, kafkaPort, sqlPort, hdfsPort));

        step("The stack comes up: Kafka, the collector, Spark, and for later an HDFS");
        run("up", "-d", "--hdfs");

        step("The topic, by Kafka's own tool");
        run(
                "kafka-topics",
                "--create",
                "--if-not-exists",
                "--topic",
                "events",
                "--partitions",
                "1",
                "--replication-factor",
                "1");

        step("Requests, as ab makes them");
        for (var host : new String[] {"user1.comcast.com", "user2.att.com"}) {
            run("load", "-n", "10", "-H", "Host: " + host, collector + "/");
            run("load", "-n", "10", "-H", "Host: " + host, collector + "/purchase_a_sword");
        }

        step("What the log holds");
        run("tail", "-o", "beginning", "-e");

        step("Spark reads the log: the swords as columns");
        run("extract", "--event-type", "purchase_sword");

        step("Another event, while everything runs");
        addKnife();
        run("load", "-n", "10", "-H", "Host: user1.comcast.com", collector + "/purchase_a_knife");

        step("Events of all types side by side: a column more, null where an event has none");
        run("extract");

        step("Parquet on disk; twice, for overwriting is safe");
        for (int i = 0; i < 2; i++) {
            run("extract", "--event-type", "purchase_sword", "--write", "purchases");
        }
        run("fs", "-ls", "purchases");

        step("Parquet on HDFS");
        run("extract", "--event-type", "purchase_sword", "--write", hdfs);
        run("fs", "-ls", hdfs);

        step("SQL");
        run("sql", "select * from purchases");
        run("sql", "select * from purchases where Host = 'user1.comcast.com'");
        run("sql", "summarize purchases");

        step("A notebook's cells, in Java");
        say("$ cat swords.jsh%n%s%n", CELLS.stripTrailing());
        Files.writeString(project.resolve("swords.jsh"), CELLS);
        run("shell", "swords.jsh");

        step("The stack goes down");
        run("down");
    }

    private void addKnife() throws IOException {
        say("$ cat >> questline.yaml%n%s%n", KNIFE.stripTrailing());
        Files.writeString(project.resolve("questline.yaml"), KNIFE, StandardOpenOption.APPEND);
    }

    private void step(String title) {
        step++;
        say("%n[%d/%d] %s%n", step, STEPS, title);
    }

    private void run(String... args) {
        say("$ questline %s%n", Arrays.stream(args).map(Demo::quoted).collect(Collectors.joining(" ")));
        user.out().flush();
        if (Interruption.isUnderWay() || Main.run(user, args) != 0) {
            throw UserError.failed("the demo ended early, in step " + step);
        }
    }

    private void cleanUp() throws InterruptedException {
        new picocli.CommandLine(new Questline(quietly())).execute("down");
        if (keep) {
            say("The project is in %s%n", project);
        } else {
            Folders.delete(project);
        }
    }

    /** The user's own settings are for her own stack, broker and all. */
    private static Map<String, String> withoutSettings(Map<String, String> environment) {
        return environment.entrySet().stream()
                .filter(variable -> !SettingKey.isVariable(variable.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private Caller quietly() {
        var nowhere = new java.io.PrintStream(java.io.OutputStream.nullOutputStream());
        return new Caller(nowhere, nowhere, user.in(), project, user.environment());
    }

    /** On Ctrl-C the steps are interrupted, and the process waits until they have cleaned up. */
    private static void endWith(Thread steps, CountDownLatch cleaned) {
        Runnable end = () -> {
            steps.interrupt();
            try {
                cleaned.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        if (!ShutdownHook.add(new Thread(end, "demo-end"))) {
            steps.interrupt();
        }
    }

    private void say(String format, Object... args) {
        user.out().printf(format, args);
        user.out().flush();
    }

    private static String quoted(String arg) {
        return arg.matches("[\\w./:@=-]+") ? arg : "'" + arg.replace("'", "'\\''") + "'";
    }

    /** The usual port if it is free, so that other clients find it, else any. */
    private static int portNear(int usual) {
        for (int port : new int[] {usual, 0}) {
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // then the next
            }
        }
        throw UserError.failed("no free port on 127.0.0.1");
    }
}
