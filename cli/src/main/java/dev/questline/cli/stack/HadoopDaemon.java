package dev.questline.cli.stack;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * Runs one of Hadoop's own servers, and ends it when standard input does: the stack, which holds the other end, was
 * killed then. It stands on Hadoop's class path and uses nothing but the JDK.
 */
public final class HadoopDaemon {
    private HadoopDaemon() {}

    /** The server's main class, then its arguments. */
    public static void main(String[] args) throws ReflectiveOperationException {
        var watch = new Thread(HadoopDaemon::exitAtEndOfInput, "parent-watch");
        watch.setDaemon(true);
        watch.start();
        var main = Class.forName(args[0]).getMethod("main", String[].class);
        try {
            main.invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(args[0] + " failed", e.getCause());
        }
    }

    private static void exitAtEndOfInput() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is ever said here.
            }
        } catch (IOException e) {
            // The same as its end.
        }
        Runtime.getRuntime().halt(0);
    }
}
