package dev.questline.bench.lab;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** What a command has taken, from the start of its process to its end, with all that it started and waited for. */
public record Finished(double seconds, double cpuSeconds, String output) {
    public static Finished of(Lab lab, String name, Duration limit, List<String> command)
            throws IOException, InterruptedException {
        var cpu = ChildTimes.seconds();
        var begin = System.nanoTime();
        try (var process = lab.start(name, command)) {
            var output = process.await(limit);
            var seconds = (System.nanoTime() - begin) / 1e9;
            return new Finished(seconds, ChildTimes.seconds() - cpu, output);
        }
    }
}
