package dev.questline.query.notebook;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.function.BooleanSupplier;
import jdk.jshell.execution.LocalExecutionControl;
import org.jspecify.annotations.Nullable;

/**
 * Runs JShell's code in this process, and keeps what JShell itself reduces to text: the value of an expression, and an
 * exception with its causes.
 */
final class LiveExecution extends LocalExecutionControl {
    /** From Java 20 on there is no other way to stop a thread than the checks that JShell puts into a cell's loops. */
    private static final boolean HAS_STOP_CHECKS = Runtime.version().feature() >= 20;

    private static final long MILLIS_TO_REACT = 500;
    private static final Method NOTHING = nothing();

    private final BooleanSupplier isInterrupted;
    private volatile @Nullable Thread running;
    private volatile @Nullable Object value;
    private volatile @Nullable Throwable failure;

    /** @param isInterrupted asked once the snippet can be stopped, for an interrupt that came before */
    LiveExecution(CellClasses classes, BooleanSupplier isInterrupted) {
        super(classes);
        this.isInterrupted = isInterrupted;
    }

    /** The last snippet's value. */
    @Nullable
    Object value() {
        return value;
    }

    /** What the last snippet threw. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    @Override
    protected String invoke(Method snippet) throws Exception {
        super.invoke(NOTHING); // Takes back an earlier stop.
        value = null;
        failure = null;
        var thread = new Thread(() -> run(snippet), "cell");
        // Spark starts threads that inherit this, and would not let the process end.
        thread.setDaemon(true);
        thread.start();
        running = thread;
        try {
            if (isInterrupted.getAsBoolean()) {
                stop();
            }
            join(thread);
        } finally {
            running = null;
        }
        var thrown = failure;
        if (thrown instanceof ThreadDeath) {
            throw new StoppedException();
        }
        if (thrown != null) {
            throw new InvocationTargetException(thrown);
        }
        return "";
    }

    private void run(Method snippet) {
        try {
            value = snippet.invoke(null);
        } catch (InvocationTargetException e) {
            failure = e.getCause();
        } catch (Throwable e) { // ThreadDeath may come at any moment.
            failure = e;
        }
    }

    private static void join(Thread thread) {
        while (true) {
            try {
                thread.join();
                return;
            } catch (InterruptedException e) {
                thread.interrupt();
            }
        }
    }

    /** Interrupts the snippet, and stops it if it does not heed that. */
    @Override
    public void stop() throws EngineTerminationException, InternalException {
        var thread = running;
        if (thread == null) {
            return;
        }
        super.stop();
        thread.interrupt();
        if (!HAS_STOP_CHECKS) {
            var stopper = new Thread(() -> stopWhenDeaf(thread), "cell-stop");
            stopper.setDaemon(true);
            stopper.start();
        }
    }

    /** Stopped in the midst of Spark's own code, a thread would leave it in pieces; that code heeds interrupts. */
    @SuppressWarnings({"deprecation", "DoNotCall", "ThreadJoinLoop"})
    private void stopWhenDeaf(Thread thread) {
        try {
            thread.join(MILLIS_TO_REACT);
            while (thread == running && isInSpark(thread)) {
                thread.join(MILLIS_TO_REACT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread == running) {
            thread.stop();
        }
    }

    private static boolean isInSpark(Thread thread) {
        for (var frame : thread.getStackTrace()) {
            if (frame.getClassName().startsWith("REPL.")) {
                return false;
            }
            if (frame.getClassName().startsWith("org.apache.spark.")) {
                return true;
            }
        }
        return false;
    }

    private static Method nothing() {
        try {
            var method = LiveExecution.class.getDeclaredMethod("doNothing");
            method.setAccessible(true);
            return method;
        } catch (NoSuchMethodException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    @SuppressWarnings("UnusedMethod") // by reflection
    private static @Nullable Object doNothing() {
        return null;
    }
}
