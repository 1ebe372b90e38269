package dev.questline.cli;

import dev.questline.cli.stack.StackState;
import dev.questline.event.Project;
import dev.questline.event.SettingKey;
import dev.questline.event.Settings;
import dev.questline.event.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which project a command is about. */
final class ProjectOptions {
    private static final String CLIENT_PROPERTIES = SettingKey.KAFKA_CLIENT_PROPERTIES.key();

    @Option(
            names = {"-C", "--project"},
            paramLabel = "FOLDER",
            description = "The project's folder (default: the nearest with a questline.yaml, or the current one).")
    private @Nullable Path folder;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A setting for this call, as in --set collector.port=5001; repeatable.")
    private Map<String, String> given = new LinkedHashMap<>();

    /** Apart from those given by {@code --set}: picocli puts a map of its own into that field. */
    private final Map<String, String> byOtherOptions = new LinkedHashMap<>();

    /** Another option that stands for a setting. */
    void set(String key, String value) {
        byOtherOptions.put(key, value);
    }

    private Map<String, String> settings() {
        var all = new LinkedHashMap<>(given);
        all.putAll(byOtherOptions);
        return all;
    }

    Project project(Caller caller) {
        return Project.at(folder(caller, Optional.ofNullable(folder)), caller.environment(), settings());
    }

    /** The project for a command that asks its stack: if that runs, a mistake in the file now is not in the way. */
    Project ofStack(Caller caller) {
        return ofStack(caller, Optional.ofNullable(folder), settings());
    }

    /** The same for a command without {@code --set}. */
    static Project ofStack(Caller caller, Optional<Path> folder) {
        return ofStack(caller, folder, Map.of());
    }

    /** The project without a look into its file, so that a mistake in there is not in the way. */
    Project unread(Caller caller) {
        return Project.unread(folder(caller, Optional.ofNullable(folder)));
    }

    private static Project ofStack(Caller caller, Optional<Path> folder, Map<String, String> settings) {
        var wanted = folder(caller, folder);
        try {
            return Project.at(wanted, caller.environment(), settings);
        } catch (UserError e) {
            var unread = Project.unread(wanted, caller.environment(), settings);
            if (running(unread).isEmpty()) {
                throw e;
            }
            caller.err().println("questline: " + e.getMessage() + " (the running stack keeps what it has read before)");
            return unread;
        }
    }

    private static Path folder(Caller caller, Optional<Path> folder) {
        var wanted = folder.map(caller.folder()::resolve).orElse(caller.folder());
        if (!Files.isDirectory(wanted)) {
            throw UserError.wrongUse("--project " + wanted + ": there is no such folder");
        }
        return wanted;
    }

    /** The flags that make another process choose the same project and settings. */
    List<String> flags(Project project) {
        var flags = new ArrayList<>(List.of("--project", project.folder().toString()));
        settings().forEach((key, value) -> flags.addAll(List.of("--set", key + "=" + value)));
        return flags;
    }

    /** The Kafka servers of the running stack, which may have been started with other flags, else of the settings. */
    static String bootstrapServers(Project project) {
        return running(project)
                .map(StackState::bootstrapServers)
                .orElseGet(() -> project.settings().kafka().bootstrapServers());
    }

    static String topic(Project project) {
        return running(project)
                .map(StackState::topic)
                .orElseGet(() -> project.settings().kafka().topic());
    }

    /** The Kafka of the running stack, else of the settings; servers and topic as flags say, if they do. */
    static Settings.Kafka kafka(Project project, @Nullable String servers, @Nullable String topic) {
        var settings = project.settings().kafka();
        return new Settings.Kafka(
                Optional.of(servers == null ? bootstrapServers(project) : servers),
                settings.port(),
                topic == null ? topic(project) : topic,
                settings.partitions(),
                clientProperties(project));
    }

    /** Of a stack that was started with other flags, its own; it may have none. */
    private static Optional<Path> clientProperties(Project project) {
        var ofStack = running(project).map(state -> state.settings().getOrDefault(CLIENT_PROPERTIES, ""));
        return ofStack.map(path ->
                        Optional.of(path).filter(given -> !given.isEmpty()).map(project.folder()::resolve))
                .orElseGet(() -> project.settings().kafka().clientProperties());
    }

    private static Optional<StackState> running(Project project) {
        return StackState.read(project).filter(StackState::isRunning);
    }
}
