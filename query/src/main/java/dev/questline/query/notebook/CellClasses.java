package dev.questline.query.notebook;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jdk.jshell.execution.LoaderDelegate;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import jdk.jshell.spi.ExecutionControl.ClassInstallException;

/**
 * The classes that cells define, and the jars they have asked for. Their loader, as the context class loader of the thread
 * that starts Spark, becomes the parent of the one that tasks use, so that a cell's lambdas run in them.
 */
final class CellClasses implements LoaderDelegate {
    private final Map<String, byte[]> bytecodes = new ConcurrentHashMap<>();
    private final Loader loader = new Loader();

    ClassLoader loader() {
        return loader;
    }

    @Override
    public void load(ClassBytecodes[] classes) throws ClassInstallException {
        var installed = new boolean[classes.length];
        for (var c : classes) {
            bytecodes.put(c.name(), c.bytecodes());
        }
        for (int i = 0; i < classes.length; i++) {
            try {
                Class.forName(classes[i].name(), false, loader);
                installed[i] = true;
            } catch (ClassNotFoundException | LinkageError e) {
                throw new ClassInstallException(String.valueOf(e), installed);
            }
        }
    }

    /** Nothing to do: a loaded class can't be replaced here, so JShell gives a changed one a new name. */
    @Override
    public void classesRedefined(ClassBytecodes[] classes) {}

    @Override
    public void addToClasspath(String path) {
        try {
            loader.addURL(Path.of(path).toUri().toURL());
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(path, e);
        }
    }

    @Override
    public Class<?> findClass(String name) throws ClassNotFoundException {
        return loader.loadClass(name);
    }

    private final class Loader extends URLClassLoader {
        Loader() {
            super("cells", new URL[0], CellClasses.class.getClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            var code = bytecodes.get(name);
            return code == null ? super.findClass(name) : defineClass(name, code, 0, code.length);
        }

        @Override
        protected void addURL(URL url) {
            super.addURL(url);
        }
    }
}
