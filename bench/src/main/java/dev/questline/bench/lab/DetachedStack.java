package dev.questline.bench.lab;

import dev.questline.cli.stack.StackState;
import dev.questline.event.Project;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What {@code up -d} may have left running in a project; closing it stops it, by a signal as Ctrl-C would. */
record DetachedStack(Path project) implements AutoCloseable {
    private static final int STOP_SECONDS = 30;

    @Override
    public void close() {
        StackState.read(Project.unread(project))
                .filter(StackState::isRunning)
                .flatMap(state -> ProcessHandle.of(state.process().pid()))
                .ifPresent(DetachedStack::stop);
    }

    private static void stop(ProcessHandle process) {
        process.destroy();
        try {
            process.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            process.destroyForcibly();
        }
    }
}
