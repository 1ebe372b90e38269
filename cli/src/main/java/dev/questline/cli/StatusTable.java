package dev.questline.cli;

import dev.questline.cli.stack.Component;
import dev.questline.cli.stack.StackState;
import java.io.PrintStream;
import java.util.Locale;

/** A stack's components for a person's eyes. */
final class StatusTable {
    private StatusTable() {}

    static void print(StackState state, PrintStream out) {
        out.printf("%-10s %-13s %s%n", "COMPONENT", "STATUS", "WHERE");
        for (var component : state.components()) {
            out.printf("%-10s %-13s %s%n", component.name(), status(component), where(component));
        }
    }

    private static String status(Component component) {
        return component.status().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String where(Component component) {
        return component.note().isEmpty() ? component.where() : component.where() + "  (" + component.note() + ")";
    }
}
