package dev.questline.cli;

/** Ctrl-C, as it shows within a command: no failure and no bug. */
final class Interruption {
    /** What a shell gives a process that SIGINT ended. */
    static final int EXIT_CODE = 130;

    private static volatile boolean ending;

    private Interruption() {}

    /** From now on whatever goes wrong does so because the process ends. */
    static void begin() {
        ending = true;
    }

    static boolean isUnderWay() {
        return ending || Thread.currentThread().isInterrupted();
    }

    static boolean isBehind(Throwable error) {
        return ending || error instanceof InterruptedException;
    }

    /** As the JVM's, but of no effect once the process ends; false then. */
    static boolean addHook(Thread hook) {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            return true;
        } catch (IllegalStateException alreadyEnding) {
            return false;
        }
    }

    static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            // Then the hook is to run.
        }
    }
}
