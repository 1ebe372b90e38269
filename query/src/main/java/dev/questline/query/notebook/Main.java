package dev.questline.query.notebook;

import dev.questline.event.UserError;
import dev.questline.query.SqlOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.dflib.jjava.jupyter.channels.JupyterConnection;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The notebook's process: {@code kernel} for Jupyter, {@code shell} for a terminal. */
public final class Main {
    private static final long MILLIS_TO_CLOSE = 1_000;

    private Main() {}

    public static void main(String[] args) {
        System.setProperty("java.awt.headless", "true");
        System.setProperty("jdk.console", "java.base");
        var line = new CommandLine(new Notebooks())
                .addSubcommand(new KernelCommand())
                .addSubcommand(new ShellCommand())
                .setExecutionExceptionHandler((e, command, parsed) -> report(e));
        System.exit(line.execute(args));
    }

    private static int report(Exception e) {
        if (e instanceof UserError error) {
            System.err.println("questline: " + error.getMessage());
            return error.exitCode();
        }
        System.err.println("questline: internal error: " + e);
        return UserError.FAILED;
    }

    @Command(name = "questline")
    private static final class Notebooks {}

    /** Its project and log are those of {@code sql}. */
    @Command(name = "kernel")
    private static final class KernelCommand implements Callable<Integer> {
        @Mixin
        private final SqlOptions options = new SqlOptions();

        @Option(names = "--connection", required = true, description = "the file by which Jupyter tells its ports")
        private @Nullable Path connection;

        @Override
        public Integer call() throws Exception {
            var file = Optional.ofNullable(connection).orElseThrow();
            var jupyter = new KernelChannels(KernelConnectionProperties.parse(read(file)));
            var kernel = new Kernel(options, Path.of("").toAbsolutePath(), jupyter);
            kernel.becomeHandlerForConnection(jupyter);
            endWithJupyter(kernel);
            jupyter.connect();
            kernel.awaitEnd();
            close(jupyter);
            return 0;
        }

        private static String read(Path file) {
            try {
                return Files.readString(file, StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw UserError.failed("cannot read --connection " + file + ": " + e.getMessage(), e);
            }
        }

        /** A Jupyter that was killed must not leave its kernels behind. */
        private static void endWithJupyter(Kernel kernel) {
            Optional.ofNullable(System.getenv("JPY_PARENT_PID"))
                    .filter(pid -> pid.matches("[1-9][0-9]*"))
                    .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)))
                    .ifPresent(jupyter -> jupyter.onExit().thenRun(kernel::end).exceptionally(e -> null));
        }

        /** The last answer is on its way; sockets whose other end has gone may never close. */
        private static void close(JupyterConnection jupyter) throws InterruptedException {
            var closing = new Thread(jupyter::waitUntilClose, "closing");
            closing.setDaemon(true);
            closing.start();
            closing.join(MILLIS_TO_CLOSE);
        }
    }

    @Command(name = "shell")
    private static final class ShellCommand implements Callable<Integer> {
        @Mixin
        private final SqlOptions options = new SqlOptions();

        @Option(names = "--script", description = "what to run instead of standard input")
        private @Nullable Path file;

        @Override
        public Integer call() throws Exception {
            return new Shell(options, Path.of("").toAbsolutePath()).run(Optional.ofNullable(file));
        }
    }
}
