package dev.questline.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.questline.event.Project;
import dev.questline.event.UserError;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The Java kernel as Jupyter finds it, in this project alone. */
final class KernelSpec {
    private static final ObjectMapper JSON = new ObjectMapper();

    private KernelSpec() {}

    /** Writes it; what a Jupyter needs in its {@code JUPYTER_PATH} comes back. */
    static Path register(Project project) {
        var root = project.data().resolve("jupyter");
        var folder = root.resolve("kernels/questline");
        var spec = new LinkedHashMap<String, Object>();
        spec.put("argv", CellsProcess.command(project, "kernel", List.of("--connection", "{connection_file}")));
        spec.put("display_name", "Questline (Java, Spark)");
        spec.put("language", "java");
        spec.put("interrupt_mode", "message");
        try {
            Files.createDirectories(folder);
            var fresh = folder.resolve("kernel.json.new");
            JSON.writerWithDefaultPrettyPrinter().writeValue(fresh.toFile(), spec);
            Files.move(fresh, folder.resolve("kernel.json"), StandardCopyOption.REPLACE_EXISTING);
            return root;
        } catch (IOException e) {
            throw UserError.failed("cannot write in " + folder + ": " + e.getMessage(), e);
        }
    }

    /** The user's own Jupyter folders stay behind it. */
    static String path(Path root, Map<String, String> environment) {
        var others = environment.getOrDefault("JUPYTER_PATH", "");
        return others.isEmpty() ? root.toString() : root + File.pathSeparator + others;
    }
}
