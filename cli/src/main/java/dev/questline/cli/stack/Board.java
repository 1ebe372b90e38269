package dev.questline.cli.stack;

import dev.questline.cli.stack.Component.Status;
import dev.questline.event.Project;
import dev.questline.event.UserError;
import dev.questline.query.Endpoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the stack is, kept in its state file from change to change. Thread-safe. */
final class Board {
    private static final Logger LOG = LoggerFactory.getLogger(Board.class);

    private final Project project;
    private final Map<String, Component> components = new LinkedHashMap<>();
    private @Nullable Endpoint query;
    private boolean closed;

    Board(Project project, List<String> names) {
        this.project = project;
        names.forEach(name -> components.put(name, new Component(name, Status.STARTING, "", null, "")));
        write(null);
    }

    synchronized void ready(String name, String where, @Nullable Process process) {
        change(name, old -> new Component(name, Status.READY, where, id(process), ""));
    }

    synchronized void starting(String name, Process process) {
        change(name, old -> new Component(name, Status.STARTING, old.where(), id(process), old.note()));
    }

    synchronized void down(String name, Status status, String note) {
        change(name, old -> new Component(name, status, old.where(), null, note));
    }

    /** Why it is not ready yet; of no effect if it has failed, which is another reason. */
    synchronized void note(String name, String note) {
        change(
                name,
                old -> old.status() == Status.FAILED
                        ? old
                        : new Component(name, old.status(), old.where(), old.process(), note));
    }

    synchronized void queryAt(@Nullable Endpoint endpoint) {
        query = endpoint;
    }

    synchronized void failed(String why) {
        tryToWrite(why);
    }

    synchronized StackState state(@Nullable String failure) {
        var kafka = project.settings().kafka();
        return new StackState(
                ProcessId.of(ProcessHandle.current()),
                project.settings().collector().url(),
                project.settings().collector().managementUrl(),
                kafka.bootstrapServers(),
                kafka.topic(),
                project.settings().byKey(),
                new ArrayList<>(components.values()),
                query,
                project.settings().sql().url().orElse(null),
                failure);
    }

    /** Waits until every component is ready. */
    synchronized StackState awaitReady() throws InterruptedException {
        while (!components.values().stream().allMatch(Component::isReady)) {
            wait();
        }
        return state(null);
    }

    private void change(String name, UnaryOperator<Component> change) {
        components.compute(name, (key, old) -> {
            if (old == null) {
                throw new IllegalArgumentException("no component " + name);
            }
            return change.apply(old);
        });
        notifyAll();
        tryToWrite(null);
    }

    /** A full disk must not end the supervision, nor hide why a start failed; the next change tries again. */
    private void tryToWrite(@Nullable String failure) {
        if (closed) {
            return;
        }
        try {
            write(failure);
        } catch (UserError e) {
            LOG.error("the state file could not be written", e);
        }
    }

    /** From now on nothing is written any more. */
    synchronized void close() {
        closed = true;
    }

    private void write(@Nullable String failure) {
        state(failure).write(project);
    }

    private static @Nullable ProcessId id(@Nullable Process process) {
        return process == null ? null : ProcessId.of(process.toHandle());
    }
}
