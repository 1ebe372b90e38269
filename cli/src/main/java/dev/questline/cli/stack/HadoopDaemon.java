package dev.questline.cli.stack;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;

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
        Thread.currentThread().setContextClassLoader(new WithoutWebHdfs(HadoopDaemon.class.getClassLoader()));
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

    /**
     * Hides the packages of WebHDFS. The NameNode's web server would unpack 76 MB of jars to find its resources there,
     * which takes most of its start; the RPC side and the pages about its state do without.
     */
    private static final class WithoutWebHdfs extends ClassLoader {
        WithoutWebHdfs(ClassLoader parent) {
            super(parent);
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            boolean webHdfs = name.startsWith("org/apache/hadoop/hdfs/") && name.matches(".*web/resources/?");
            return webHdfs ? Collections.emptyEnumeration() : super.getResources(name);
        }
    }
}
