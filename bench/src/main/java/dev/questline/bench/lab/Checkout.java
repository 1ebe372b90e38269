package dev.questline.bench.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The checkout the bench runs from, and the distribution built in it. */
public record Checkout(Path folder) {
    private static final List<String> FLAGS = List.of("-XX:+UseSerialGC");
    private static final Path HUGE_PAGES = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");

    /** The one {@code bench/run} stands in. */
    public static Checkout current() {
        return new Checkout(
                Path.of(System.getProperty("questline.checkout", "")).toAbsolutePath());
    }

    /** A file of the bench's own, such as {@code src/main/lua/wrk.lua}. */
    public Path file(String path) {
        return folder.resolve("bench").resolve(path);
    }

    /** The built distribution. */
    public Path distribution() {
        return folder.resolve("cli/target/questline");
    }

    /**
     * The distribution once more by links, in an empty folder of its own. It makes class archives of its own, or none at
     * all: making them takes a minute's processor time in the background, which must not fall into a measurement.
     */
    public Path linkedDistribution(Path into, boolean withArchives) throws IOException {
        Files.createDirectories(into);
        try (var entries = Files.newDirectoryStream(distribution())) {
            for (var entry : entries) {
                if (!entry.endsWith("classes")) {
                    Files.createSymbolicLink(into.resolve(entry.getFileName()), entry);
                }
            }
        }
        if (!withArchives) {
            Files.createFile(into.resolve("classes")); // in the way of the folder they would come to stand in
        }
        return into;
    }

    /** A program of the bench on the light side's class path, with the flags the launcher gives a server. */
    public List<String> light(Class<?> main, String... args) throws IOException {
        var flags = new ArrayList<>(List.of("-Xmx512m", "-Xms64m", "-Xmn32m", "-Dio.netty.allocator.type=pooled"));
        if (Files.exists(HUGE_PAGES) && Files.readString(HUGE_PAGES).contains("[madvise]")) {
            flags.add("-XX:+UseTransparentHugePages");
        }
        return java(flags, distribution() + "/lib/*", main, args);
    }

    /** A program of the bench on Spark's class path. */
    public List<String> spark(List<String> flags, Class<?> main, String... args) {
        return java(flags, distribution() + "/spark/jars/*", main, args);
    }

    /** A program of the bench on the light side's class path, with DuckDB on it. */
    public List<String> duckDb(Class<?> main, String... args) throws IOException {
        var jar = Files.readString(file("target/duckdb.classpath")).strip();
        return java(List.of("-Xmx256m"), distribution() + "/lib/*:" + jar, main, args);
    }

    /** A program of the JDK the bench runs on. */
    public static String jdk(String program) {
        return Path.of(System.getProperty("java.home"), "bin", program).toString();
    }

    private List<String> java(List<String> flags, String libraries, Class<?> main, String... args) {
        var command = new ArrayList<>(List.of(jdk("java")));
        command.addAll(FLAGS);
        command.addAll(flags);
        command.addAll(List.of("-cp", file("target/questline-bench.jar") + ":" + libraries, main.getName()));
        command.addAll(List.of(args));
        return command;
    }
}
