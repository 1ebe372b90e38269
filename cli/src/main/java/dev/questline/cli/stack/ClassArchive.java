package dev.questline.cli.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The JVM's class-data archive of one class path: classes parsed and verified, which halves the processor time of a
 * start. It is made on the machine, from the classes that a process of the stack has loaded, and holds for one Java and
 * one installation; the folder's name, which the launcher gives, says which. The JVM ignores one that does not fit.
 */
final class ClassArchive {
    /** How long one may take on a machine that is busy with other things. */
    private static final int MINUTES_TO_MAKE = 10;

    /** Newer Javas number the classes of a process, and die of a number that is given twice; and note its constants. */
    private static final Pattern NUMBER = Pattern.compile(" id: \\d+$");

    private static final Pattern OF_ONE_PROCESS = Pattern.compile("^@cp | source: ");

    private final Path folder;
    private final String name;
    private final String classPath;

    ClassArchive(Path folder, String name, String classPath) {
        this.folder = folder;
        this.name = name;
        this.classPath = classPath;
    }

    /** The flag for a process that starts from it; none if it is not made yet. */
    List<String> use() {
        return Files.exists(file()) ? List.of("-XX:SharedArchiveFile=" + file()) : List.of();
    }

    /** The flag for a process that notes which classes belong into it; none unless it is still to be made. */
    List<String> record() {
        return isMissing() && Files.isDirectory(folder) ? List.of("-XX:DumpLoadedClassList=" + classList()) : List.of();
    }

    /**
     * Notes what another process of this class path loads: one that runs once, and whose result nobody wants.
     *
     * @param args its main class and arguments
     */
    void note(String... args) throws IOException, InterruptedException {
        if (!isMissing() || !Files.exists(classList())) {
            return;
        }
        var flags = List.of(
                "-XX:DumpLoadedClassList=" + more(),
                "-XX:+UseSerialGC",
                "-Dquestline.home=" + System.getProperty("questline.home"));
        run(Installation.jvm(flags, classPath, args));
    }

    /**
     * Makes it from what has been noted so far, in a process of lowest priority; the archive appears whole or not at all.
     * A Java that fails at it is not asked again.
     */
    void make() throws IOException, InterruptedException {
        if (!isMissing() || !Files.exists(classList())) {
            return;
        }
        var classes = folder.resolve(name + "-" + ProcessHandle.current().pid() + ".whole");
        var draft = folder.resolve(name + "-" + ProcessHandle.current().pid() + ".draft");
        try {
            Files.write(classes, noted());
            if (dump(classes, draft)) {
                Files.move(draft, file(), StandardCopyOption.ATOMIC_MOVE);
                forgetAll();
            } else {
                Files.writeString(
                        failure(), "questline: this Java made no archive; without this file it is asked again\n");
            }
        } finally {
            Files.deleteIfExists(classes);
            Files.deleteIfExists(draft);
        }
    }

    private boolean dump(Path classes, Path draft) throws IOException, InterruptedException {
        var flags = List.of(
                "-Xshare:dump",
                "-XX:SharedClassListFile=" + classes,
                "-XX:SharedArchiveFile=" + draft,
                "-XX:+UseSerialGC",
                "-Xmx512m");
        return run(Installation.jvm(flags, classPath));
    }

    private static boolean run(List<String> jvm) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("nice", "-n", "19"));
        command.addAll(jvm);
        var process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!process.waitFor(MINUTES_TO_MAKE, TimeUnit.MINUTES)) {
                throw new IOException("not made within " + MINUTES_TO_MAKE + " minutes");
            }
            return process.exitValue() == 0;
        } finally {
            process.destroyForcibly();
        }
    }

    /** Each once: Java 17 dies of a lambda that is named twice. */
    private Set<String> noted() throws IOException {
        var lines = new LinkedHashSet<String>();
        wholeLines(Files.readString(classList())).lines().forEach(lines::add);
        if (Files.exists(more())) {
            wholeLines(Files.readString(more()))
                    .lines()
                    .filter(line -> !OF_ONE_PROCESS.matcher(line).find())
                    .map(line -> NUMBER.matcher(line).replaceFirst(""))
                    .forEach(lines::add);
        }
        return lines;
    }

    /** The process that notes them may be in the middle of a line. */
    private static String wholeLines(String text) {
        return text.substring(0, text.lastIndexOf('\n') + 1);
    }

    /** Deletes what has been noted. */
    void forget() throws IOException {
        Files.deleteIfExists(classList());
        Files.deleteIfExists(more());
    }

    /** Those too that a killed stack has left, and what it was making of them. */
    private void forgetAll() throws IOException {
        try (var drafts = Files.newDirectoryStream(folder, name + "-*.{classes,whole,draft}")) {
            for (var draft : drafts) {
                Files.deleteIfExists(draft);
            }
        }
    }

    private boolean isMissing() {
        return !Files.exists(file()) && !Files.exists(failure());
    }

    private Path file() {
        return folder.resolve(name + ".jsa");
    }

    private Path failure() {
        return folder.resolve(name + ".failed");
    }

    private Path more() {
        return folder.resolve(name + "-" + ProcessHandle.current().pid() + "-more.classes");
    }

    /** Named after the stack's process, as the launcher does for the stack's own. */
    private Path classList() {
        return folder.resolve(name + "-" + ProcessHandle.current().pid() + ".classes");
    }
}
