package dev.questline.cli;

import dev.questline.cli.stack.ShutdownHook;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** A process that does a command's work, with the caller's streams. */
final class ChildProcess {
    private ChildProcess() {}

    /** Runs it to its end and returns its exit code; it ends when this process does. */
    static int run(List<String> command, Caller caller) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .directory(caller.folder().toFile())
                .redirectInput(ProcessBuilder.Redirect.INHERIT)
                .start();
        var hook = new Thread(process::destroy);
        try {
            if (!ShutdownHook.add(hook)) {
                return Interruption.EXIT_CODE;
            }
            var errors = new Thread(() -> copy(process.getErrorStream(), caller.err()), "child-stderr");
            errors.start();
            copy(process.getInputStream(), caller.out());
            errors.join();
            return process.waitFor();
        } finally {
            process.destroy();
            ShutdownHook.remove(hook);
        }
    }

    private static void copy(InputStream from, OutputStream to) {
        var buffer = new byte[1 << 16];
        try {
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                to.write(buffer, 0, n);
                to.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
