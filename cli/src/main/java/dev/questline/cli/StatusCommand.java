package dev.questline.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.questline.cli.stack.HealthCheck;
import dev.questline.cli.stack.StackClient;
import dev.questline.cli.stack.StackState;
import dev.questline.event.Project;
import dev.questline.event.UserError;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description =
                "What runs of this project's stack, and how it is: the broker, the collector and Spark are asked.",
        footer = {
            "",
            "Exit code: 0 if all is ready, 1 if anything is not.",
            "",
            "Example:",
            "  questline status --output json"
        })
final class StatusCommand extends ProjectCommand {
    enum Output {
        TABLE,
        JSON
    }

    @Option(names = "--output", description = "${COMPLETION-CANDIDATES} (default: table).")
    private Output output = Output.TABLE;

    @Override
    Project project(ProjectOptions options, Caller caller) {
        return options.unread(caller);
    }

    @Override
    int run(Project project, Caller caller) throws InterruptedException {
        var state = asked(project);
        var mistake = mistake(project);
        if (output == Output.JSON) {
            caller.out().println(json(project, state, mistake));
            return isReady(state) ? 0 : 1;
        }
        if (state.isPresent()) {
            StatusTable.print(state.get(), caller.out());
        } else {
            var pid = new StackClient(project, caller.err()).pid();
            caller.err()
                    .println(
                            pid.isPresent()
                                    ? "process " + pid.getAsLong() + " runs the stack of " + project.folder()
                                            + ", but has not said how it is in " + project.data() + "/run/stack.json"
                                    : "nothing is running in " + project.folder());
        }
        mistake.ifPresent(found -> caller.err()
                .println("questline: " + found
                        + (state.isPresent() ? " (the running stack keeps what it has read before)" : "")));
        return isReady(state) ? 0 : 1;
    }

    private static Optional<StackState> asked(Project project) throws InterruptedException {
        var state = StackState.read(project).filter(StackState::isRunning);
        return state.isEmpty()
                ? state
                : Optional.of(new HealthCheck(state.get(), ProjectOptions.kafka(project, null, null)).run());
    }

    /** What is wrong with the project's file as it is now. */
    private static Optional<String> mistake(Project project) {
        try {
            project.readCatalog();
            return Optional.empty();
        } catch (UserError e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static boolean isReady(Optional<StackState> state) {
        return state.filter(StackState::isReady).isPresent();
    }

    private static String json(Project project, Optional<StackState> state, Optional<String> mistake) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("project", project.folder().toString());
        json.put("running", state.isPresent());
        json.put("ready", isReady(state));
        json.put("jdbc", state.map(StackState::jdbcUrl).orElse(null));
        json.put("mistake", mistake.orElse(null));
        var components = json.putArray("components");
        state.map(StackState::components)
                .orElse(List.of())
                .forEach(component -> components
                        .addObject()
                        .put("name", component.name())
                        .put("status", component.status().name().toLowerCase(Locale.ROOT))
                        .put("where", component.where())
                        .put("note", component.note()));
        return json.toString();
    }
}
