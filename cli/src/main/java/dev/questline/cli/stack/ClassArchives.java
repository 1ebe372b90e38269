package dev.questline.cli.stack;

import dev.questline.event.Project;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The class archives of an installation, and the thread that makes those that are missing. */
final class ClassArchives implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClassArchives.class);

    /** A stack that has run for so long has loaded what it uses, and is not a demo's or a test's. */
    private static final Duration SETTLED = Duration.ofMinutes(1);

    private static final Path NOWHERE = Path.of("/nonexistent");

    /** What is asked most often, and ought to answer at once. */
    private static final List<String> COMMAND = List.of("dev.questline.cli.Main", "sql", "select 1", "--project");

    private final Project project;
    private final ClassArchive light;
    private final List<ClassArchive> all;
    private final Thread maker = new Thread(this::makeMissing, "class-archives");

    private ClassArchives(Project project) {
        this.project = project;
        this.light = light();
        this.all = List.of(light, spark());
        maker.setDaemon(true);
    }

    /** Those that a stack of this installation uses. */
    static ClassArchives ofStack(Project project) {
        return new ClassArchives(project);
    }

    /** Of the class path that this process has. */
    private static ClassArchive light() {
        return new ClassArchive(folder(), "light", System.getProperty("java.class.path"));
    }

    /** Of Spark's class path; there is none for one with a folder on it, as a Hadoop configuration of the user's is. */
    static ClassArchive spark() {
        var folder = Installation.hasUsersHadoop() ? NOWHERE : folder();
        return new ClassArchive(folder, "spark", Installation.current().sparkClassPath());
    }

    private static Path folder() {
        return Optional.ofNullable(System.getProperty("questline.classes"))
                .map(Path::of)
                .orElse(NOWHERE);
    }

    /** Makes the missing ones in the background once the stack has settled. */
    void start() {
        maker.start();
    }

    private void makeMissing() {
        try {
            Thread.sleep(SETTLED.toMillis());
            var command = new ArrayList<>(COMMAND);
            command.add(project.folder().toString());
            light.note(command.toArray(String[]::new));
            for (var archive : all) {
                archive.make();
            }
        } catch (IOException e) {
            LOG.info("no class archive was made", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closing
        }
    }

    @Override
    public void close() throws IOException {
        maker.interrupt();
        for (var archive : all) {
            archive.forget();
        }
    }
}
