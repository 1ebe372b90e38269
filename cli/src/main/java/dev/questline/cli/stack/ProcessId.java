package dev.questline.cli.stack;

import java.time.Instant;
import java.util.Optional;

/**
 * A process told apart from a later one of the same number by its start.
 *
 * @param startedAt milliseconds since the epoch, as the operating system gives it
 */
public record ProcessId(long pid, long startedAt) {
    static ProcessId of(ProcessHandle process) {
        return new ProcessId(process.pid(), startOf(process));
    }

    /** The process, if it still runs. */
    Optional<ProcessHandle> running() {
        return ProcessHandle.of(pid).filter(process -> process.isAlive() && startOf(process) == startedAt);
    }

    private static long startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
}
