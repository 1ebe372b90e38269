package dev.questline.cli.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.questline.event.Project;
import dev.questline.event.UserError;
import dev.questline.log.LoopbackPort;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** An HDFS for one machine: Hadoop's own NameNode and DataNode, each in a process of its own, on loopback alone. */
final class Hdfs {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String NAME_NODE = "org.apache.hadoop.hdfs.server.namenode.NameNode";
    private static final String DATA_NODE = "org.apache.hadoop.hdfs.server.datanode.DataNode";

    private final Project project;
    private final Path data;
    private final int port;
    private final int webPort = LoopbackPort.anyFree();

    Hdfs(Project project) {
        this.project = project;
        this.data = project.data().resolve("hdfs");
        this.port = project.settings().hdfs().port();
    }

    List<SupervisedProcess> start(Board board, PrintStream messages) throws InterruptedException {
        requireFreePort();
        emptyScratch();
        if (!Files.exists(names())) {
            format();
        }
        var nameNode = command("namenode", NAME_NODE, names(), List.of());
        var dataNode = command("datanode", DATA_NODE, names(), List.of());
        return List.of(
                supervised("namenode", nameNode, this::awaitNameNode, board, messages),
                supervised("datanode", dataNode, this::awaitDataNode, board, messages));
    }

    private SupervisedProcess supervised(
            String name,
            List<String> command,
            SupervisedProcess.Readiness readiness,
            Board board,
            PrintStream messages) {
        var log = Stack.logFile(project, name);
        return new SupervisedProcess(name, command, log, readiness, board, messages).start();
    }

    /** Jetty leaves a folder each time it is not closed by itself, as it never is. */
    private void emptyScratch() throws InterruptedException {
        if (Files.exists(scratch())) {
            Folders.delete(scratch());
        }
        try {
            Files.createDirectories(scratch());
        } catch (IOException e) {
            throw UserError.failed("cannot write in " + data + ": " + e, e);
        }
    }

    private Path scratch() {
        return data.resolve("tmp");
    }

    private Path names() {
        return data.resolve("name");
    }

    /** In a folder beside, so that what is in its place is whole. */
    private void format() throws InterruptedException {
        var draft = data.resolve("name.unfinished");
        var command = command("namenode", NAME_NODE, draft, List.of("-format", "-force", "-nonInteractive"));
        try {
            var log = Stack.logFile(project, "namenode").toFile();
            var process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.appendTo(log))
                    .start();
            if (process.waitFor() != 0) {
                throw UserError.failed("formatting HDFS in " + data + " failed; log: " + log);
            }
            Files.move(draft, names(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw UserError.failed("cannot make an HDFS in " + data + ": " + e, e);
        }
    }

    private List<String> command(String name, String main, Path names, List<String> arguments) {
        var flags = List.of(
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", // They start for seconds and serve one user for moments.
                "-Djava.io.tmpdir=" + scratch(),
                "-Dquestline.level=warn",
                "-Dquestline.log=" + Stack.logFile(project, name));
        var args = new ArrayList<>(List.of(HadoopDaemon.class.getName(), main));
        configuration(names).forEach((key, value) -> args.addAll(List.of("-D", key + "=" + value)));
        args.addAll(arguments);
        return Installation.current().hadoopServer(flags, args.toArray(String[]::new));
    }

    private Map<String, String> configuration(Path names) {
        return Map.ofEntries(
                Map.entry("fs.defaultFS", "hdfs://127.0.0.1:" + port),
                Map.entry("dfs.namenode.name.dir", names.toUri().toString()),
                Map.entry("dfs.datanode.data.dir", data.resolve("data").toUri().toString()),
                Map.entry("dfs.namenode.rpc-bind-host", "127.0.0.1"),
                Map.entry("dfs.namenode.http-address", "127.0.0.1:" + webPort),
                Map.entry("dfs.datanode.address", "127.0.0.1:0"),
                Map.entry("dfs.datanode.ipc.address", "127.0.0.1:0"),
                Map.entry("dfs.datanode.http.address", "127.0.0.1:0"),
                Map.entry("dfs.datanode.hostname", "127.0.0.1"),
                Map.entry("dfs.replication", "1"),
                // One machine, one user: whoever runs the stack owns it.
                Map.entry("dfs.permissions.enabled", "false"),
                Map.entry("dfs.namenode.safemode.extension", "0"),
                Map.entry("dfs.namenode.handler.count", "4"));
    }

    private String awaitNameNode(Process process) throws IOException, InterruptedException {
        await(process, this::acceptsConnections);
        return "hdfs://localhost:" + port + "  (web: http://127.0.0.1:" + webPort + ")";
    }

    private String awaitDataNode(Process process) throws IOException, InterruptedException {
        await(process, this::takesBlocks);
        return "";
    }

    private static void await(Process process, BooleanSupplier ready) throws IOException, InterruptedException {
        while (!ready.getAsBoolean()) {
            if (!process.isAlive()) {
                throw new EOFException("it ended before it was ready");
            }
            Thread.sleep(50);
        }
    }

    private boolean acceptsConnections() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Whether the NameNode has heard of a DataNode and has left safe mode, by what it says of itself over JMX. */
    private boolean takesBlocks() {
        var jmx = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + webPort + "/jmx?qry=Hadoop:service=NameNode,name=*"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            var beans = JSON.readTree(HTTP.send(jmx, BodyHandlers.ofString()).body())
                    .path("beans");
            return says(beans, "NumLiveDataNodes", "1") && says(beans, "Safemode", "");
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean says(JsonNode beans, String attribute, String value) {
        var said = beans.findValue(attribute);
        return said != null && said.asText().equals(value);
    }

    private void requireFreePort() {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            socket.getLocalPort();
        } catch (IOException e) {
            throw UserError.failed("port " + port + " is taken; choose another for HDFS by hdfs.port in questline.yaml,"
                    + " QUESTLINE_HDFS_PORT or --set hdfs.port=…");
        }
    }
}
