package dev.questline.cli.stack;

import dev.questline.cli.stack.Component.Status;
import dev.questline.event.Settings;
import dev.questline.event.UserError;
import dev.questline.log.BrokerProbe;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks the parts of a running stack how they are. Its state file says how they were when last heard of, and goes on saying
 * so when a process hangs, or a broker of the user's is away.
 */
public final class HealthCheck {
    /** A part that is there answers within this, also on a machine that has much else to do. */
    private static final Duration LIMIT = Duration.ofSeconds(3);

    /** For what comes before a question is out: loading Kafka's client, looking up names. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private final StackState state;
    private final Settings.Kafka kafka;

    /** @param kafka the stack's */
    public HealthCheck(StackState state, Settings.Kafka kafka) {
        this.state = state;
        this.kafka = kafka;
    }

    /** The state, with those that claim to be ready as they are found; all are asked at once. */
    public StackState run() throws InterruptedException {
        var asked = state.components().stream().map(this::ask).toList();
        long end = System.nanoTime() + LIMIT.plus(MARGIN).toNanos();
        var found = new ArrayList<Component>();
        for (int i = 0; i < asked.size(); i++) {
            found.add(found(state.components().get(i), asked.get(i), end));
        }
        return state.with(found);
    }

    private FutureTask<Component> ask(Component component) {
        var task = new FutureTask<>(() -> component.isReady() ? look(component) : component);
        var thread = new Thread(task, "ask-" + component.name());
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private static Component found(Component component, FutureTask<Component> asked, long end)
            throws InterruptedException {
        try {
            return asked.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return silent(component);
        } catch (ExecutionException e) {
            throw new IllegalStateException("asking " + component.name() + " failed", e.getCause());
        }
    }

    private Component look(Component component) throws InterruptedException {
        try {
            return switch (component.name()) {
                case "broker" -> broker(component);
                case "collector" -> collector(component);
                case "spark" -> spark(component);
                default -> component;
            };
        } catch (IOException | TimeoutException e) {
            return silent(component);
        }
    }

    private Component broker(Component component) throws IOException, TimeoutException, InterruptedException {
        try {
            BrokerProbe.ask(kafka, LIMIT);
            return component;
        } catch (UserError e) {
            return component.found(Status.NOT_READY, String.valueOf(e.getMessage()));
        }
    }

    private Component collector(Component component) throws IOException {
        if (state.managementUrl().isEmpty()) {
            return component;
        }
        var readiness = HttpProbe.of(URI.create(state.managementUrl() + "/readyz"), LIMIT);
        return readiness.status() == 200 ? component : component.found(Status.NOT_READY, readiness.body());
    }

    /** Without its token it is asked for nothing but an answer. */
    private Component spark(Component component) throws IOException {
        var endpoint = state.query();
        if (endpoint != null) {
            HttpProbe.of(URI.create("http://127.0.0.1:" + endpoint.port() + "/run"), LIMIT);
        }
        return component;
    }

    private static Component silent(Component component) {
        return component.found(Status.NOT_ANSWERING, "");
    }
}
