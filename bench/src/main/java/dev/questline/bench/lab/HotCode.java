package dev.questline.bench.lab;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/** Where a JVM's Java code spends its time, by Flight Recorder's samples: the library nearest to the top of the stack. */
public final class HotCode {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** A library is told by the first two names of its package, or three where two name no more than a house. */
    private static final Pattern LIBRARY =
            Pattern.compile("(dev\\.questline|org\\.apache|com\\.fasterxml)\\.\\w+|\\w+\\.\\w+");

    private HotCode() {}

    /** A library and its share of the samples, of 1. */
    public record Share(String library, double share) {}

    /** While the load is sent; the biggest shares first. */
    public static List<Share> during(Lab lab, Server server, LoadRun.Load load)
            throws IOException, InterruptedException {
        var pid = Long.toString(server.process().pid());
        var file = lab.newFolder("jfr").resolve("recording.jfr");
        var jcmd = Checkout.jdk("jcmd");
        lab.run("jfr", LIMIT, List.of(jcmd, pid, "JFR.start", "name=bench", "settings=profile"));
        load.send();
        lab.run("jfr", LIMIT, List.of(jcmd, pid, "JFR.stop", "name=bench", "filename=" + file));
        return shares(file);
    }

    private static List<Share> shares(Path recording) throws IOException {
        var samples = new HashMap<String, Integer>();
        try (var file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                var event = file.readEvent();
                if (event.getEventType().getName().equals("jdk.ExecutionSample")) {
                    samples.merge(library(event), 1, Integer::sum);
                }
            }
        }
        double all = samples.values().stream().mapToInt(Integer::intValue).sum();
        return samples.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .map(entry -> new Share(entry.getKey(), entry.getValue() / all))
                .toList();
    }

    private static String library(RecordedEvent sample) {
        var stack = sample.getStackTrace();
        return stack == null
                ? "unknown"
                : stack.getFrames().stream()
                        .map(HotCode::library)
                        .filter(name -> !name.equals("JDK"))
                        .findFirst()
                        .orElse("JDK alone");
    }

    private static String library(RecordedFrame frame) {
        var type = frame.getMethod().getType().getName();
        var matcher = LIBRARY.matcher(type);
        var isJdk = type.startsWith("java.") || type.startsWith("jdk.") || type.startsWith("sun.");
        return isJdk || !matcher.lookingAt() ? "JDK" : matcher.group();
    }
}
