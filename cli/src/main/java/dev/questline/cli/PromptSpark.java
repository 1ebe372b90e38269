package dev.questline.cli;

import dev.questline.cli.stack.SparkSide;
import dev.questline.cli.stack.Stack;
import dev.questline.cli.stack.StackState;
import dev.questline.event.Project;
import dev.questline.event.UserError;
import dev.questline.query.Endpoint;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The Spark that a prompt asks: the stack's if there is a stack, else one of the prompt's own, which starts while the
 * user writes the first statement. Either may die and be there again under another address.
 */
final class PromptSpark implements AutoCloseable {
    private static final int SECONDS_TO_END = 5;

    private final Project project;
    private final Caller caller;
    private final SparkCommand stack;
    private final Optional<String> ownMaster;
    private @Nullable Process own;
    private CompletableFuture<Endpoint> ownEndpoint = new CompletableFuture<>();
    private volatile @Nullable Endpoint last;

    /** @param ownMaster what the user asked for, if not the stack's */
    PromptSpark(Project project, Caller caller, Optional<String> ownMaster) {
        this.project = project;
        this.caller = caller;
        this.stack = new SparkCommand(project, caller);
        this.ownMaster = ownMaster;
    }

    /** Begins what takes seconds, unless there is a stack that has. */
    void begin() throws IOException {
        var state = ownMaster.isPresent()
                ? Optional.<StackState>empty()
                : StackState.read(project).filter(StackState::isRunning);
        if (state.isEmpty()) {
            start();
        } else {
            last = state.get().query();
        }
    }

    /** Where it answers; waits until it does, and says so. */
    Endpoint endpoint() throws IOException, InterruptedException {
        var isOwn = ownMaster.isPresent() || isOwnAlive();
        var ofStack = isOwn ? Optional.<Endpoint>empty() : stack.warmSession().map(StackState::query);
        var endpoint = ofStack.isPresent() ? ofStack.get() : own();
        last = endpoint;
        return endpoint;
    }

    /** Where it was heard of last, for what is not worth waiting. */
    Optional<Endpoint> known() {
        return Optional.ofNullable(last);
    }

    private boolean isOwnAlive() {
        return own != null && own.isAlive();
    }

    private Endpoint own() throws IOException, InterruptedException {
        if (!isOwnAlive()) {
            start();
        }
        var begun = System.nanoTime();
        while (!ownEndpoint.isDone()) {
            var seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
            caller.err().print("\rstarting Spark (`questline up -d` keeps it warm) … " + seconds + " s ");
            caller.err().flush();
            Thread.sleep(200);
        }
        caller.err().print("\r" + " ".repeat(70) + "\r");
        caller.err().flush();
        try {
            return ownEndpoint.join();
        } catch (CompletionException e) {
            throw UserError.failed("Spark does not start; see " + Stack.logFile(project, "spark"), e);
        }
    }

    private void start() throws IOException {
        var master = ownMaster.orElseGet(() -> project.settings().spark().master());
        var serve = SparkSide.command(
                project, "serve", "--project", project.folder().toString(), "--master", master);
        // Ctrl-C is for the statement. What a shell ignores, its children do; a JVM leaves it so.
        var command = new ArrayList<>(List.of("sh", "-c", "trap '' INT; exec \"$@\"", "sh"));
        command.addAll(serve);
        var log = Stack.logFile(project, "spark");
        Files.createDirectories(log.getParent());
        var process = new ProcessBuilder(command)
                .directory(caller.folder().toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        own = process;
        var endpoint = new CompletableFuture<Endpoint>();
        ownEndpoint = endpoint;
        var reader = new Thread(() -> read(process, endpoint), "own-spark");
        reader.setDaemon(true);
        reader.start();
    }

    private void read(Process process, CompletableFuture<Endpoint> endpoint) {
        try (var out = process.inputReader()) {
            var line = out.readLine();
            last = Endpoint.parse(String.valueOf(line));
            endpoint.complete(last);
            process.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException | IllegalArgumentException e) {
            endpoint.completeExceptionally(e);
        }
    }

    /** The prompt's own ends with the prompt. */
    @Override
    public void close() throws IOException {
        var process = own;
        if (process == null) {
            return;
        }
        try {
            process.getOutputStream().close();
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
