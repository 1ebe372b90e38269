package dev.questline.cli;

import dev.questline.cli.stack.ShutdownHook;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
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
            if (!copy(process.getInputStream(), caller.out())) {
                return 0; // What nobody reads need not be made.
            }
            errors.join();
            return process.waitFor();
        } finally {
            process.destroy();
            ShutdownHook.remove(hook);
        }
    }

    /** False if nobody reads it any more. */
    private static boolean copy(InputStream from, PrintStream to) {
        var buffer = new byte[1 << 16];
        try {
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                to.write(buffer, 0, n);
                if (to.checkError()) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
