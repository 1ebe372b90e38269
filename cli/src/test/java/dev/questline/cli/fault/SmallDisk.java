package dev.questline.cli.fault;

import dev.questline.cli.fault.Jvm.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A disk of some megabytes, seen by those processes alone that are started in its surroundings. */
final class SmallDisk implements AutoCloseable {
    private final Process holder;
    private final Path folder;

    private SmallDisk(Process holder, Path folder) {
        this.holder = holder;
        this.folder = folder;
    }

    /** Mounts one in a name space of its own, for which no rights are needed; empty where the system forbids that. */
    static Optional<SmallDisk> at(Path folder, int megabytes) throws IOException {
        Files.createDirectories(folder);
        var mount = "mount -t tmpfs -o size=" + megabytes + "m tmpfs '" + folder + "' && echo mounted && exec cat";
        try {
            var holder =
                    new ProcessBuilder("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mount).start();
            if ("mounted".equals(holder.inputReader().readLine())) {
                return Optional.of(new SmallDisk(holder, folder));
            }
            holder.destroy();
        } catch (IOException e) {
            // no such tool here
        }
        return Optional.empty();
    }

    Surroundings surroundings() {
        return new Surroundings(
                List.of("nsenter", "-t", String.valueOf(holder.pid()), "--user", "--mount", "--preserve-credentials"),
                Map.of());
    }

    /** To the last byte: that a byte more does not fit is how writing ends. */
    void fill() throws IOException, InterruptedException {
        run("! cat /dev/zero > ballast 2> /dev/null");
    }

    void makeRoom() throws IOException, InterruptedException {
        run("rm ballast");
    }

    private void run(String script) throws IOException, InterruptedException {
        var command = new ArrayList<>(surroundings().wrapper());
        command.addAll(List.of("sh", "-c", "cd '" + folder + "' && " + script));
        var process = new ProcessBuilder(command).inheritIO().start();
        if (process.waitFor() != 0) {
            throw new AssertionError(script);
        }
    }

    @Override
    public void close() {
        holder.destroyForcibly();
    }
}
