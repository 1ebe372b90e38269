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
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** One start of a project's stack in the background: its own process's, or the wait for that of another start. */
final class BackgroundStart {
    private static final long LARGE_LOG_BYTES = 1 << 20;
    private static final Duration POLL = Duration.ofMillis(50);

    private final Project project;
    private final PrintStream messages;
    private final Duration limit;
    private final Instant begun = Instant.now();

    /** Where in the log of starts begins what is said of this one. */
    private long wordsFrom;

    BackgroundStart(Project project, PrintStream messages, Duration limit) {
        this.project = project;
        this.messages = messages;
        this.limit = limit;
    }

    StackState start(List<String> flags, Map<String, String> environment) throws InterruptedException {
        awaitEndOfFailed();
        wordsFrom = Stack.logFile(project, "up").toFile().length();
        var state = StackState.read(project);
        var running = state.flatMap(found -> found.process().running());
        if (running.isPresent()) {
            requireSameSettings(state.get());
            messages.println("already running");
            return awaitReady(running.get(), state.get().isReady()).orElseThrow(this::ended);
        }
        var other = starting();
        var others = other.isPresent() ? awaitOther(other.get()) : Optional.<StackState>empty();
        return others.isPresent() ? others.get() : startHere(flags, environment);
    }

    /** What has said why it cannot start is about to end, and no stack to wait for. */
    private void awaitEndOfFailed() throws InterruptedException {
        var failed = StackState.read(project).filter(state -> state.failure() != null);
        if (failed.isPresent()) {
            failed.get().process().hasEndedWithin(StackClient.STOP_LIMIT);
        }
    }

    /** The process that has the project's lock and has not said anything of itself yet: another start, as a rule. */
    private Optional<ProcessHandle> starting() throws InterruptedException {
        return ProjectLock.holder(project).flatMap(ProcessId::running);
    }

    /** Nothing if it ends: it may have been one that ended already, or deleted data. */
    private Optional<StackState> awaitOther(ProcessHandle process) throws InterruptedException {
        messages.println("already starting");
        var state = awaitReady(process, false);
        state.ifPresent(this::requireSameSettings);
        return state;
    }

    private StackState startHere(List<String> flags, Map<String, String> environment) throws InterruptedException {
        var process = spawn(flags, environment);
        var abort = new Thread(() -> destroyAndWait(process));
        if (!ShutdownHook.add(abort)) {
            destroyAndWait(process);
            throw new InterruptedException();
        }
        try {
            var state = awaitReady(process, false);
            return state.isPresent() ? state.get() : afterItsEnd();
        } finally {
            ShutdownHook.remove(abort);
        }
    }

    /** Of two that start at once one finds the other's lock, and ends. */
    private StackState afterItsEnd() throws InterruptedException {
        var other = starting();
        var others = other.isPresent() ? awaitOther(other.get()) : Optional.<StackState>empty();
        return others.orElseThrow(this::ended);
    }

    private static void destroyAndWait(ProcessHandle process) {
        process.destroy();
        process.onExit()
                .orTimeout(StackClient.STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)
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
    private Optional<StackState> awaitReady(ProcessHandle process, boolean quiet) throws InterruptedException {
        var progress = new StartProgress(quiet ? null : messages);
        while (Duration.between(begun, Instant.now()).compareTo(limit) < 0) {
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
                "the stack was not ready after " + limit.toSeconds() + " s" + notReady()
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
                    ? "the stack's process has ended without a word, as by `questline down`"
                    : said.replaceFirst("^questline: ", "");
        } catch (IOException e) {
            return "the stack was ended before it was ready"; // And its data deleted.
        }
    }
}
