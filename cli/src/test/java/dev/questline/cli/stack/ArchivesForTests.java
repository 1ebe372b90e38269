package dev.questline.cli.stack;

import dev.questline.event.Project;
import dev.questline.log.LoopbackPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * Makes the installation's class archives before the integration tests, which start it dozens of times: at half the
 * processor time with them. A stack makes them by itself, but only once it has run for a minute. Run by the build.
 */
final class ArchivesForTests {
    private static final Path HOME = Path.of(System.getProperty("questline.home"));

    private ArchivesForTests() {}

    public static void main(String[] args) throws Exception {
        var project = Files.createTempDirectory(HOME.toAbsolutePath().getParent(), "archives");
        var up = start(project, "up");
        try {
            awaitReady(project, up);
            start(project, "sql", "select 1").waitFor();
        } finally {
            kill(up); // By a stop it would forget what it has noted.
        }
        try (var javas = Files.newDirectoryStream(HOME.resolve("classes"))) {
            for (var folder : javas) {
                CompletableFuture.allOf(
                                making(folder, "light", HOME.resolve("lib") + "/*"),
                                making(folder, "spark", Installation.current().sparkClassPath()))
                        .join();
            }
        }
    }

    private static Process start(Path project, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(HOME.resolve("bin/questline").toString()));
        command.addAll(List.of(arguments));
        for (var setting : List.of("collector.port", "collector.management_port", "kafka.port", "sql.port")) {
            if (arguments[0].equals("up")) {
                command.addAll(List.of("--set", setting + "=" + LoopbackPort.anyFree()));
            }
        }
        return new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(project.resolve(arguments[0] + ".out").toFile())
                .start();
    }

    private static void awaitReady(Path project, Process up) throws Exception {
        while (!StackState.read(Project.unread(project))
                .map(StackState::isReady)
                .orElse(false)) {
            if (!up.isAlive()) {
                throw new IOException("the stack did not start: " + Files.readString(project.resolve("up.out")));
            }
            Thread.sleep(100);
        }
    }

    private static void kill(Process up) throws InterruptedException {
        var children = up.descendants().toList();
        up.destroyForcibly().waitFor();
        for (var child : children) {
            child.onExit().orTimeout(1, TimeUnit.MINUTES).join();
        }
    }

    private static CompletableFuture<Void> making(Path folder, String name, String classPath) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        make(folder, name, classPath);
                    } catch (Exception e) {
                        throw new CompletionException(e);
                    }
                },
                task -> new Thread(task).start());
    }

    private static void make(Path folder, String name, String classPath) throws Exception {
        try (var noted = Files.newDirectoryStream(folder, name + "-*.classes")) {
            for (var list : noted) {
                var own = name + "-" + ProcessHandle.current().pid() + ".classes";
                Files.move(list, folder.resolve(own));
            }
        }
        new ClassArchive(folder, name, classPath).make();
    }
}
