package dev.questline.bench.lab;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A JVM's heap in megabytes.
 *
 * @param peak the most that was used at once, garbage included, by looks five times a second
 * @param committed the most it had from the system
 * @param live what is left after a full collection
 */
public record Heap(double peak, double committed, double live) {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** While the load is sent. Watching costs the machine a little, so this is no run to take a rate from. */
    public static Heap during(Lab lab, Server server, LoadRun.Load load) throws IOException, InterruptedException {
        var pid = Long.toString(server.process().pid());
        List<Map<String, Double>> looks;
        try (var watch = lab.start("jstat", List.of(Checkout.jdk("jstat"), "-gc", pid, "200"))) {
            load.send();
            looks = parse(watch.output());
        }
        lab.run("gc", LIMIT, List.of(Checkout.jdk("jcmd"), pid, "GC.run"));
        var after = parse(lab.run("jstat", LIMIT, List.of(Checkout.jdk("jstat"), "-gc", pid)));
        return new Heap(
                max(looks, "S0U", "S1U", "EU", "OU"),
                max(looks, "S0C", "S1C", "EC", "OC"),
                max(after, "S0U", "S1U", "EU", "OU"));
    }

    private static double max(List<Map<String, Double>> looks, String... spaces) {
        return looks.stream()
                        .mapToDouble(look -> List.of(spaces).stream()
                                .mapToDouble(space -> look.getOrDefault(space, 0.0))
                                .sum())
                        .max()
                        .orElse(Double.NaN)
                / 1024;
    }

    /** jstat's lines in kilobytes, by the names of its columns. */
    private static List<Map<String, Double>> parse(String output) {
        var lines = output.lines().map(line -> line.strip().split(" +", -1)).toList();
        var looks = new ArrayList<Map<String, Double>>();
        for (var line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            var look = new TreeMap<String, Double>();
            for (var column = 0; column < Math.min(line.length, lines.get(0).length); column++) {
                if (line[column].matches("[0-9.]+")) {
                    look.put(lines.get(0)[column], Double.parseDouble(line[column]));
                }
            }
            looks.add(look);
        }
        return looks;
    }
}
