package dev.questline.cli.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.questline.event.Project;
import dev.questline.event.UserError;
import dev.questline.query.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a running stack tells the other commands, in {@code .questline/run/stack.json}. It holds the query service's
 * token, so only its owner may read it.
 *
 * @param managementUrl where the collector says how it is; empty of a version that did not tell
 * @param settings every setting it was started with, by its key
 * @param jdbcUrl where other tools find SQL, if they do
 * @param failure why the stack could not start; its process has ended then
 */
public record StackState(
        ProcessId process,
        String collectorUrl,
        String managementUrl,
        String bootstrapServers,
        String topic,
        Map<String, String> settings,
        List<Component> components,
        @Nullable Endpoint query,
        @Nullable String jdbcUrl,
        @Nullable String failure) {
    public StackState {
        Objects.requireNonNull(process);
        Objects.requireNonNull(components);
        settings = settings == null ? Map.of() : settings;
    }

    /**
     * The last state written in this project, of a stack that may have ended since. None, too, from a file that is
     * damaged, as a machine leaves it that was switched off: no stack can be running then.
     */
    public static Optional<StackState> read(Project project) {
        try {
            return StackStateReader.read(Files.readAllBytes(file(project)));
        } catch (NoSuchFileException | JsonProcessingException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw UserError.failed("cannot read " + file(project) + ": " + e.getMessage(), e);
        }
    }

    void write(Project project) {
        var file = file(project);
        try {
            Files.createDirectories(file.getParent());
            // Where the file system knows permissions, a temporary file is its owner's alone.
            var draft = Files.createTempFile(file.getParent(), "stack", ".json");
            try {
                Files.write(draft, Writer.JSON.writeValueAsBytes(this));
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw UserError.failed("cannot write " + file + ": " + e, e);
        }
    }

    static void delete(Project project) {
        try {
            Files.deleteIfExists(file(project));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + file(project), e);
        }
    }

    /** The same with its components as they are found now. */
    StackState with(List<Component> found) {
        return new StackState(
                process,
                collectorUrl,
                managementUrl,
                bootstrapServers,
                topic,
                settings,
                found,
                query,
                jdbcUrl,
                failure);
    }

    /** Whether the stack's own process is there. */
    public boolean isRunning() {
        return process.running().isPresent();
    }

    /** The component of this name, if the stack has it. */
    public Optional<Component> component(String name) {
        return components.stream()
                .filter(component -> component.name().equals(name))
                .findFirst();
    }

    /** Whether a request would be answered, an event logged and a query run. */
    public boolean isReady() {
        return isRunning() && failure == null && components.stream().allMatch(Component::isReady);
    }

    /** Every process of the stack that is still there, its own first. */
    Stream<ProcessId> processes() {
        return Stream.concat(Stream.of(process), components.stream().map(Component::process))
                .filter(id -> id != null && id.running().isPresent());
    }

    private static Path file(Project project) {
        return project.data().resolve("run/stack.json");
    }

    /** Apart, as a command that only reads has no use for what this loads. */
    private static final class Writer {
        private static final ObjectMapper JSON = JsonMapper.builder()
                .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
                .build();
    }
}
