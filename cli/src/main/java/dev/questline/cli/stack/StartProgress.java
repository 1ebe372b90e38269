package dev.questline.cli.stack;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says of each component when it becomes ready, or why it does not. */
final class StartProgress {
    private final Instant begun = Instant.now();
    private final @Nullable PrintStream messages;
    private final Set<String> shown = new HashSet<>();

    StartProgress(@Nullable PrintStream messages) {
        this.messages = messages;
    }

    void show(StackState state) {
        if (messages == null) {
            return;
        }
        for (var component : state.components()) {
            if (component.isReady() && shown.add(component.name())) {
                messages.printf("%-10s ready after %4.1f s%n", component.name(), secondsSinceStart());
            } else if (!component.note().isEmpty() && shown.add(component.name() + component.note())) {
                messages.printf("%-10s %s%n", component.name(), component.note());
            }
            messages.flush();
        }
    }

    private double secondsSinceStart() {
        return Duration.between(begun, Instant.now()).toMillis() / 1000.0;
    }
}
