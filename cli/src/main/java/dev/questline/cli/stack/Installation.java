package dev.questline.cli.stack;

import dev.questline.event.UserError;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The folder Questline was unpacked or built into, and the class paths in it. */
public final class Installation {
    /**
     * Standard output is a command's own: the JVM's messages go elsewhere. From Java 24 on, the engines' native libraries
     * and their use of Unsafe would each print a warning.
     */
    private static final List<String> QUIET = Runtime.version().feature() < 24
            ? List.of("-Xlog:disable", "-XX:+DisplayVMOutputToStderr")
            : List.of(
                    "-Xlog:disable",
                    "-XX:+DisplayVMOutputToStderr",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow");

    private final Path home;

    private Installation(Path home) {
        this.home = home;
    }

    /** The one this process runs from, as the launcher names it. */
    public static Installation current() {
        var home = System.getProperty("questline.home");
        if (home == null) {
            throw UserError.failed("the system property questline.home is not set: start Questline by its launcher");
        }
        return new Installation(Path.of(home));
    }

    /** The launcher, for a process that goes on by itself. */
    public Path launcher() {
        return home.resolve("bin/questline");
    }

    /** A JVM command line with Spark's class path. */
    List<String> spark(List<String> flags, String... args) {
        return jvm(flags, sparkClassPath(), args);
    }

    String sparkClassPath() {
        return join(withUsersHadoop(existing("spark/jars") + "/*"));
    }

    /** A JVM command line with the class path of Hadoop's servers, and of {@link HadoopDaemon}. */
    List<String> hadoopServer(List<String> flags, String... args) {
        var classPath =
                List.of(existing("hdfs/conf"), existing("hdfs") + "/*", existing("spark/jars") + "/*", ownJar());
        return jvm(flags, join(classPath), args);
    }

    /** A JVM command line for a Hadoop client. */
    public List<String> hadoopClient(String... args) {
        var classPath = withUsersHadoop(existing("hdfs/conf"), existing("spark/jars") + "/*");
        return jvm(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"), join(classPath), args);
    }

    static boolean hasUsersHadoop() {
        return usersHadoop().isPresent();
    }

    private static Optional<String> usersHadoop() {
        return Optional.ofNullable(System.getenv("HADOOP_CONF_DIR")).filter(folder -> !folder.isBlank());
    }

    /** A Hadoop configuration of the user's stands before everything else. */
    private static List<Object> withUsersHadoop(Object... classPath) {
        var all = new ArrayList<>(List.of(classPath));
        usersHadoop().ifPresent(folder -> all.add(0, folder));
        return all;
    }

    private static String join(List<?> classPath) {
        return classPath.stream().map(Object::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /** The jar this class is in. */
    private static Path ownJar() {
        return Path.of(URI.create(Installation.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString()));
    }

    private Path existing(String folder) {
        var path = home.resolve(folder);
        if (!Files.isDirectory(path)) {
            throw UserError.failed("this installation of Questline is not whole: " + path + " is missing");
        }
        return path;
    }

    /** As the launcher takes them, for all processes alike; the last of two that contradict each other wins. */
    private static List<String> usersFlags() {
        var words = Optional.ofNullable(System.getenv("QUESTLINE_JAVA_OPTS")).orElse("");
        return Pattern.compile("\\s+")
                .splitAsStream(words)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** A command line of the Java that this process runs on. */
    static List<String> jvm(List<String> flags, String classPath, String... args) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(QUIET);
        command.addAll(flags);
        command.addAll(usersFlags());
        command.add("-cp");
        command.add(classPath);
        command.addAll(List.of(args));
        return command;
    }
}
