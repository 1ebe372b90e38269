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
}
