package dev.questline.cli.stack;

import dev.questline.event.Project;
import dev.questline.event.UserError;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Starts and stops a project's stack from another process. */
public final class StackClient {
    /** What a stack that is told to end may take. */
    static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private final Project project;
    private final PrintStream messages;

    public StackClient(Project project, PrintStream messages) {
        this.project = project;
        this.messages = messages;
    }

    /**
     * Starts the stack in the background unless it runs, and returns once it is ready.
     *
     * @param flags how the stack's process finds the project and its settings
     * @param environment the stack's process gets
     * @param limit how long it waits; a stack that is not ready by then goes on starting
     * @throws UserError naming what was not ready by then, or what failed
     */
    public StackState start(List<String> flags, Map<String, String> environment, Duration limit)
            throws InterruptedException {
        return new BackgroundStart(project, messages, limit).start(flags, environment);
    }

    /** Stops the stack and whatever of it is left; false if nothing ran. */
    public boolean stop() throws InterruptedException {
        var processes = processes();
        if (processes.isEmpty()) {
            return false;
        }
        processes.get(0).running().ifPresent(ProcessHandle::destroy);
        for (var process : processes) {
            end(process);
        }
        return true;
    }

    /** Of a stack that has just begun, or whose state file is damaged, the lock knows the first. */
    private List<ProcessId> processes() throws InterruptedException {
        var known = StackState.read(project).stream().flatMap(StackState::processes);
        return Stream.concat(ProjectLock.holder(project).stream(), known)
                .distinct()
                .toList();
    }

    /** The number of the stack's own process, if there is one, whatever it has said of itself. */
    public OptionalLong pid() throws InterruptedException {
        return ProjectLock.holder(project).stream().mapToLong(ProcessId::pid).findFirst();
    }

    /** Deletes the project's data; fails if a stack is using them. */
    public void deleteData() throws InterruptedException {
        try (var lock = ProjectLock.take(project)) {
            Folders.empty(project.data(), ProjectLock.FOLDER); // Whoever starts meanwhile finds the lock taken.
            Folders.delete(project.data());
        }
    }

    private void end(ProcessId process) throws InterruptedException {
        if (!process.hasEndedWithin(STOP_LIMIT)) {
            messages.println("process " + process.pid() + " does not end; killing it");
            process.running().ifPresent(ProcessHandle::destroyForcibly);
            process.hasEndedWithin(STOP_LIMIT);
        }
    }
}
