package dev.questline.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.questline.cli.stack.StackState;
import dev.questline.event.Project;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "What runs of this project's stack, and how it is.",
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
    int run(Project project, Caller caller) throws JsonProcessingException {
        var state = StackState.read(project).filter(StackState::isRunning);
        if (output == Output.JSON) {
            caller.out().println(new ObjectMapper().writeValueAsString(asJson(project, state.orElse(null))));
        } else if (state.isPresent()) {
            StatusTable.print(state.get(), caller.out());
        } else {
            caller.err().println("nothing is running in " + project.folder());
        }
        return state.filter(StackState::isReady).isPresent() ? 0 : 1;
    }

    private static Map<String, Object> asJson(Project project, @org.jspecify.annotations.Nullable StackState state) {
        return Map.of(
                "project",
                project.folder().toString(),
                "running",
                state != null,
                "ready",
                state != null && state.isReady(),
                "components",
                state == null ? List.of() : state.components());
    }
}
