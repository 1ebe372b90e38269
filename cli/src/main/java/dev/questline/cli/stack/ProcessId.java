package dev.questline.cli.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process told apart from a later one of the same number by its start.
 *
 * @param startedAt as the operating system gives it: on Linux in clock ticks since the machine's start, else in
 *     milliseconds since the epoch
 */
public record ProcessId(long pid, long startedAt) {
    /** Of the fields behind the command's name in Linux's {@code /proc/PID/stat}; proc(5) counts them as the 3rd and 22nd. */
    private static final int STATE = 0;

    private static final int START_TICKS = 19;

    private static final int POLL_MILLIS = 50;

    static ProcessId of(ProcessHandle process) {
        return new ProcessId(process.pid(), startOf(process));
    }

    /** The process, if it still runs; not one that has ended and waits for its parent to hear of it. */
    Optional<ProcessHandle> running() {
        return ProcessHandle.of(pid)
                .filter(process -> process.isAlive() && startOf(process) == startedAt && !hasEnded(process));
    }

    /** Asked of the process itself: a parent that never hears of its end, as in some containers, need not be waited for. */
    boolean hasEndedWithin(Duration limit) throws InterruptedException {
        for (var begun = Instant.now(); running().isPresent(); Thread.sleep(POLL_MILLIS)) {
            if (Duration.between(begun, Instant.now()).compareTo(limit) > 0) {
                return false;
            }
        }
        return true;
    }

    /** On Linux the JDK computes the time of day of a start, which changes when the machine's clock is set. */
    private static long startOf(ProcessHandle process) {
        return stat(process)
                .map(fields -> Long.parseLong(fields[START_TICKS]))
                .or(() -> process.info().startInstant().map(Instant::toEpochMilli))
                .orElse(0L);
    }

    private static boolean hasEnded(ProcessHandle process) {
        return stat(process).filter(fields -> "ZX".contains(fields[STATE])).isPresent();
    }

    private static Optional<String[]> stat(ProcessHandle process) {
        try {
            var stat = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "stat"));
            return Optional.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
        } catch (IOException noSuchFile) {
            return Optional.empty();
        }
    }
}
