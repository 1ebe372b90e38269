package dev.questline.cli.stack;

import dev.questline.cli.stack.Component.Status;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A child process that is started again when it ends by itself. Its standard input stays open as long as this process
 * lives, so that it can end when this one is killed.
 */
final class SupervisedProcess implements AutoCloseable {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int STARTS_IN_VAIN = 3;

    /** Ctrl-C ends the child as well as this process, which by then has been told to close. */
    private static final int CTRL_C_MILLIS = 100;

    private static final int JOIN_MILLIS = 1_000;

    /** Waits until the process serves and says where; throws if its output ends before. */
    interface Readiness {
        String await(Process process) throws IOException, InterruptedException;
    }

    private final String name;
    private final List<String> command;
    private final Path log;
    private final Readiness readiness;
    private final Board board;
    private final PrintStream messages;
    private final AtomicReference<Process> current = new AtomicReference<>();
    private final Thread supervisor;
    private volatile boolean closing;

    SupervisedProcess(
            String name, List<String> command, Path log, Readiness readiness, Board board, PrintStream messages) {
        this.name = name;
        this.command = command;
        this.log = log;
        this.readiness = readiness;
        this.board = board;
        this.messages = messages;
        this.supervisor = new Thread(this::supervise, name + "-supervisor");
        supervisor.setDaemon(true);
    }

    SupervisedProcess start() {
        supervisor.start();
        return this;
    }

    private void supervise() {
        var pause = FIRST_PAUSE;
        int startsInVain = 0;
        try {
            while (!closing) {
                boolean served = runOnce();
                Thread.sleep(CTRL_C_MILLIS);
                if (closing) {
                    return;
                }
                startsInVain = served ? 0 : startsInVain + 1;
                if (startsInVain == STARTS_IN_VAIN) {
                    fail();
                    return;
                }
                board.down(name, Status.RESTARTING, "ended by itself; log: " + log);
                messages.println(name + " has ended; starting it again (log: " + log + ")");
                Thread.sleep(pause.toMillis());
                pause = served ? FIRST_PAUSE : shorter(pause.multipliedBy(2), LONGEST_PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void fail() {
        board.down(name, Status.FAILED, "does not start: " + lastWords());
        messages.println(name + " does not start: " + lastWords() + " (log: " + log + ")");
    }

    /** Whether it came to serve. */
    private boolean runOnce() throws InterruptedException {
        Process process = null;
        boolean served = false;
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            current.set(process);
            if (closing) {
                process.destroy();
            }
            board.starting(name, process);
            board.ready(name, readiness.await(process), process);
            served = true;
            copyToLog(process);
        } catch (IOException | RuntimeException e) {
            if (!closing) {
                messages.println(name + ": " + e.getMessage());
            }
        }
        if (process != null) {
            process.destroy(); // It may live on, having said something else than where it serves.
            process.waitFor();
        }
        return served;
    }

    /** What a process still says on standard output: a pipe nobody reads would stop it once it is full. */
    private void copyToLog(Process process) throws IOException {
        try (var out = new FileOutputStream(log.toFile(), true)) {
            process.getInputStream().transferTo(out);
        }
    }

    /** The last line of the log that says something, for a person who asks why. */
    private String lastWords() {
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(Math.max(0, file.length() - 4096));
            var tail = new byte[(int) (file.length() - file.getFilePointer())];
            file.readFully(tail);
            return new String(tail, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("\tat "))
                    .reduce((first, second) -> second)
                    .orElse("it said nothing");
        } catch (IOException e) {
            return "its log cannot be read";
        }
    }

    /** Asks the process to end, without waiting. */
    void stop() {
        closing = true;
        supervisor.interrupt();
        var process = current.get();
        if (process != null) {
            process.destroy();
        }
    }

    @Override
    public void close() {
        stop();
        var process = current.get();
        try {
            if (process != null && !process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(2, TimeUnit.SECONDS);
            }
            supervisor.join(JOIN_MILLIS); // It may still be writing what the process has said.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
