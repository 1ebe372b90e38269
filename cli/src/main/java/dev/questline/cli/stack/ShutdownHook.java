package dev.questline.cli.stack;

/** The JVM's shutdown hooks, for those who come when it is ending already. */
public final class ShutdownHook {
    private ShutdownHook() {}

    /** False if the process is ending: the hook will not run. */
    public static boolean add(Thread hook) {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            return true;
        } catch (IllegalStateException alreadyEnding) {
            return false;
        }
    }

    /** Of no effect if the process is ending: the hook runs. */
    public static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            // Nothing to do: the hook has begun.
        }
    }
}
