package dev.questline.cli;

import dev.questline.event.UserError;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The Jupyter on the user's path. */
final class Jupyter {
    private static final List<List<String>> NAMES = List.of(
            List.of("jupyter-notebook"),
            List.of("jupyter-lab"),
            List.of("jupyter", "notebook"),
            List.of("jupyter", "lab"));
    private static final int SECONDS_TO_ANSWER = 30;

    private Jupyter() {}

    /**
     * The command that starts it: the first that works. One that is there need not: another Python's may lack a package, or
     * be a stub.
     */
    static List<String> find(Map<String, String> environment) throws InterruptedException {
        var broken = new ArrayList<Path>();
        for (var name : NAMES) {
            for (var program : programs(name.get(0), environment).toList()) {
                var command = new ArrayList<>(List.of(program.toString()));
                command.addAll(name.subList(1, name.size()));
                if (works(command)) {
                    return command;
                }
                broken.add(program);
            }
        }
        throw UserError.failed((broken.isEmpty()
                        ? "there is no Jupyter on the PATH"
                        : "no Jupyter on the PATH works (tried " + broken.get(0) + ")")
                + ": get one by `apt-get install jupyter-notebook` on Debian and Ubuntu, by `pip install notebook`"
                + " elsewhere; `questline shell` runs the same cells without");
    }

    private static Stream<Path> programs(String name, Map<String, String> environment) {
        return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable);
    }

    private static boolean works(List<String> command) throws InterruptedException {
        var line = new ArrayList<>(command);
        line.add("--version");
        try {
            var process = new ProcessBuilder(line)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                return process.waitFor(SECONDS_TO_ANSWER, TimeUnit.SECONDS) && process.exitValue() == 0;
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            return false; // No program that this machine could run.
        }
    }
}
