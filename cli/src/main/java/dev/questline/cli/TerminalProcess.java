package dev.questline.cli;

import dev.questline.cli.stack.ShutdownHook;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that talks with the user in this one's place, Ctrl-C and all. */
final class TerminalProcess {
    private static final int SECONDS_TO_END = 10;

    private TerminalProcess() {}

    /** Whether there is somebody to talk with. */
    @SuppressWarnings("SystemConsoleNull") // by jdk.console it is, as before Java 22
    static boolean hasTerminal() {
        System.setProperty("jdk.console", "java.base");
        return System.console() != null;
    }

    /** Runs it to its end and returns its exit code; it is told to end when this process is. */
    static int run(List<String> command, Path folder, Map<String, String> environment)
            throws IOException, InterruptedException {
        leaveCtrlC();
        var builder = new ProcessBuilder(command).directory(folder.toFile()).inheritIO();
        builder.environment().putAll(environment);
        var process = builder.start();
        var hook = new Thread(() -> end(process), "terminal-end");
        try {
            return ShutdownHook.add(hook) ? process.waitFor() : Interruption.EXIT_CODE;
        } finally {
            process.destroy();
            ShutdownHook.remove(hook);
        }
    }

    private static void end(Process process) {
        process.destroy();
        try {
            process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * The terminal sends Ctrl-C to both processes; this one does nothing about it. Ignored, it would be ignored by the other
     * too, so it is handled. The JDK has no supported name for this.
     */
    private static void leaveCtrlC() {
        try {
            var signal = Class.forName("sun.misc.Signal");
            var handler = Class.forName("sun.misc.SignalHandler");
            var nothing =
                    Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, (self, method, args) -> {
                        return switch (method.getName()) {
                            case "hashCode" -> System.identityHashCode(self);
                            case "equals" -> self == args[0];
                            case "toString" -> "nothing";
                            default -> null;
                        };
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("INT"), nothing);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("this Java has no signals", e);
        }
    }
}
