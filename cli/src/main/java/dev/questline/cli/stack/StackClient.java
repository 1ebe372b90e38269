package dev.questline.cli.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.questline.cli.stack.Component.Status;
import dev.questline.event.Project;
import dev.questline.event.SettingKey;
import dev.questline.event.UserError;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts and stops a project's stack from another process. */
public final class StackClient {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final long LARGE_LOG_BYTES = 1 << 20;
    private static final Duration POLL = Duration.ofMillis(50);

    private final Project project;
    private final PrintStream messages;

    /** Where in the log of starts begins what is said of this one. */
    private long wordsFrom;

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
        var patience = new Patience(Instant.now(), limit);
        awaitEndOfFailed();
        wordsFrom = Stack.logFile(project, "up").toFile().length();
        var state = StackState.read(project);
        var running = state.flatMap(found -> found.process().running());
        if (running.isPresent()) {
            requireSameSettings(state.get());
            messages.println("already running");
            return awaitReady(running.get(), state.get().isReady(), patience).orElseThrow(this::ended);
        }
        var other = starting();
        var others = other.isPresent() ? awaitOther(other.get(), patience) : Optional.<StackState>empty();
        return others.isPresent() ? others.get() : startHere(flags, environment, patience);
    }

    /** What has said why it cannot start is about to end, and no stack to wait for. */
    private void awaitEndOfFailed() throws InterruptedException {
        var failed = StackState.read(project).filter(state -> state.failure() != null);
        if (failed.isPresent()) {
            hasEndedWithin(STOP_LIMIT, failed.get().process());
        }
    }

    private record Patience(Instant begun, Duration limit) {
        boolean isOver() {
            return Duration.between(begun, Instant.now()).compareTo(limit) >= 0;
        }
    }

    /** The process that has the project's lock and has not said anything of itself yet: another start, as a rule. */
    private Optional<ProcessHandle> starting() throws InterruptedException {
        return ProjectLock.holder(project).flatMap(ProcessId::running);
    }

    /** Nothing if it ends: it may have been one that ended already, or deleted data. */
    private Optional<StackState> awaitOther(ProcessHandle process, Patience patience) throws InterruptedException {
        messages.println("already starting");
        var state = awaitReady(process, false, patience);
        state.ifPresent(this::requireSameSettings);
        return state;
    }

    private StackState startHere(List<String> flags, Map<String, String> environment, Patience patience)
            throws InterruptedException {
        var process = spawn(flags, environment);
        var abort = new Thread(() -> destroyAndWait(process));
        if (!ShutdownHook.add(abort)) {
            destroyAndWait(process);
            throw new InterruptedException();
        }
        try {
            var state = awaitReady(process, false, patience);
            return state.isPresent() ? state.get() : afterItsEnd(patience);
        } finally {
            ShutdownHook.remove(abort);
        }
    }

    /** Of two that start at once one finds the other's lock, and ends. */
    private StackState afterItsEnd(Patience patience) throws InterruptedException {
        var other = starting();
        var others = other.isPresent() ? awaitOther(other.get(), patience) : Optional.<StackState>empty();
        return others.orElseThrow(this::ended);
    }

    private static void destroyAndWait(ProcessHandle process) {
        process.destroy();
        process.onExit()
                .orTimeout(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)
                .exceptionally(late -> process)
                .join();
    }

    private void requireSameSettings(StackState running) {
        var wanted = project.settings().byKey();
        running.settings().forEach((key, value) -> {
            if (!value.equals(wanted.get(key))) {
                throw UserError.failed("the stack is running already, with " + key + " '" + value + "' where you want '"
                        + wanted.get(key) + "'; `questline down` first");
            }
        });
    }

    /** Signals of the terminal it was started from must not reach it. */
    private ProcessHandle spawn(List<String> flags, Map<String, String> environment) {
        var command = new ArrayList<>(List.of("sh", "-c", "trap '' HUP INT; exec \"$@\"", "sh"));
        command.addAll(List.of(Installation.current().launcher().toString(), "up", "--in-background"));
        command.addAll(flags);
        var log = Stack.logFile(project, "up").toFile();
        var builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(SettingKey::isVariable);
        builder.environment().putAll(environment);
        try {
            if (log.length() > LARGE_LOG_BYTES) {
                Files.delete(log.toPath());
                wordsFrom = 0;
            }
            return builder.directory(project.folder().toFile())
                    .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.appendTo(log))
                    .start()
                    .toHandle();
        } catch (IOException e) {
            throw UserError.failed("cannot start a process: " + e.getMessage(), e);
        }
    }

    /** Nothing if the process ends before. */
    private Optional<StackState> awaitReady(ProcessHandle process, boolean quiet, Patience patience)
            throws InterruptedException {
        var progress = new StartProgress(quiet ? null : messages);
        while (!patience.isOver()) {
            var state = StackState.read(project).filter(found -> found.process().pid() == process.pid());
            state.ifPresent(progress::show);
            if (state.isPresent() && state.get().isReady()) {
                return state;
            }
            state.ifPresent(this::throwIfFailed);
            if (!process.isAlive()) {
                return Optional.empty();
            }
            Thread.sleep(POLL.toMillis());
        }
        throw UserError.failed(
                "the stack was not ready after " + patience.limit().toSeconds() + " s" + notReady()
                        + "; it goes on trying: `questline status` and `questline logs` show how far it is, `questline down` ends it");
    }

    private String notReady() {
        return StackState.read(project)
                .map(state -> state.components().stream()
                        .filter(component -> !component.isReady())
                        .map(component ->
                                component.name() + (component.note().isEmpty() ? "" : ": " + component.note()))
                        .collect(Collectors.joining(", ", " (", ")")))
                .orElse("");
    }

    private void throwIfFailed(StackState state) {
        if (state.failure() != null) {
            throw UserError.failed(state.failure());
        }
        state.components().stream()
                .filter(component -> component.status() == Status.FAILED)
                .findFirst()
                .ifPresent(component -> {
                    throw UserError.failed(component.name() + " " + component.note()
                            + "; the rest is running, `questline down` stops it");
                });
    }

    private UserError ended() {
        return UserError.failed(lastWords());
    }

    private String lastWords() {
        try (var log = Files.newInputStream(Stack.logFile(project, "up"))) {
            log.skipNBytes(wordsFrom);
            var said = new String(log.readAllBytes(), UTF_8).strip();
            return said.isEmpty()
                    ? "the stack's process has ended without a word"
                    : said.replaceFirst("^questline: ", "");
        } catch (IOException e) {
            return "the stack was ended before it was ready"; // And its data deleted.
        }
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
        if (!hasEndedWithin(STOP_LIMIT, process)) {
            messages.println("process " + process.pid() + " does not end; killing it");
            process.running().ifPresent(ProcessHandle::destroyForcibly);
            hasEndedWithin(STOP_LIMIT, process);
        }
    }

    /** Asked of the process itself: a parent that never hears of its end, as in some containers, need not be waited for. */
    private static boolean hasEndedWithin(Duration limit, ProcessId process) throws InterruptedException {
        for (var begun = Instant.now(); process.running().isPresent(); Thread.sleep(POLL.toMillis())) {
            if (Duration.between(begun, Instant.now()).compareTo(limit) > 0) {
                return false;
            }
        }
        return true;
    }
}
