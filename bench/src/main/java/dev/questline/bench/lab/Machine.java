package dev.questline.bench.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What the figures were measured on, for the head of the report. */
public record Machine(Lab lab) {
    private static final List<String> JARS =
            List.of("kafka-clients", "vertx-core", "netty-common", "spark-sql_2.13", "hadoop-client-api");

    public List<String> lines() throws IOException, InterruptedException {
        var lines = new ArrayList<String>();
        lines.add("- machine: " + cores() + " × " + value("/proc/cpuinfo", "model name") + ", "
                + Long.parseLong(value("/proc/meminfo", "MemTotal").replaceAll("\\D", "")) / 1024 / 1024 + " GB, Linux "
                + System.getProperty("os.version") + "; load average at the start " + loadAverage());
        lines.add("- Java " + Runtime.version() + "; " + jars());
        lines.add("- tools: " + tools());
        lines.add("- commit " + commit());
        return lines;
    }

    public static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    private static String loadAverage() throws IOException {
        return Files.readString(Path.of("/proc/loadavg")).split(" ", -1)[0];
    }

    private static String value(String file, String key) throws IOException {
        try (var lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("0");
        }
    }

    private String jars() throws IOException {
        var versions = new ArrayList<String>();
        for (var name : JARS) {
            jar(name).ifPresent(versions::add);
        }
        return String.join(", ", versions);
    }

    private Optional<String> jar(String name) throws IOException {
        for (var folder : List.of("lib", "spark/jars")) {
            try (var found =
                    Files.newDirectoryStream(lab.checkout().distribution().resolve(folder), name + "-[0-9]*.jar")) {
                for (var jar : found) {
                    return Optional.of(jar.getFileName().toString().replaceAll("-([0-9].*)\\.jar$", " $1"));
                }
            }
        }
        return Optional.empty();
    }

    private String tools() throws InterruptedException {
        var known = new ArrayList<String>();
        for (var tool : Tool.values()) {
            tool.version(lab).ifPresent(version -> known.add(tool.debianPackage() + " " + version));
        }
        return known.isEmpty() ? "none" : String.join(", ", known);
    }

    private String commit() throws InterruptedException {
        var folder = lab.checkout().folder().toString();
        try {
            return lab.run(
                            "commit",
                            Duration.ofSeconds(20),
                            Arrays.asList("git", "-C", folder, "log", "-1", "--format=%h of %cs"))
                    .strip();
        } catch (IOException e) {
            return "unknown";
        }
    }
}
