package dev.questline.bench.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What all processors together have done, in seconds; {@code stolen} is what other machines of the host took. */
public record MachineTimes(double busy, double idle, double stolen) {
    private static final double TICKS_PER_SECOND = 100;

    /** Since the machine's start. */
    public static MachineTimes now() {
        try (var lines = Files.lines(Path.of("/proc/stat"))) {
            // cpu user nice system idle iowait irq softirq steal …
            var ticks = Arrays.stream(lines.findFirst().orElseThrow().split(" +", -1))
                    .skip(1)
                    .mapToLong(Long::parseLong)
                    .toArray();
            return new MachineTimes(
                    (ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6]) / TICKS_PER_SECOND,
                    (ticks[3] + ticks[4]) / TICKS_PER_SECOND,
                    ticks[7] / TICKS_PER_SECOND);
        } catch (IOException e) {
            return new MachineTimes(0, 0, 0); // no Linux: nothing is known
        }
    }

    public MachineTimes since(MachineTimes begin) {
        return new MachineTimes(busy - begin.busy, idle - begin.idle, stolen - begin.stolen);
    }

    public double stolenPercent() {
        return 100 * stolen / Math.max(1e-9, busy + idle + stolen);
    }

    /** Of 1, how much was busy with our work. */
    public double busyShare() {
        return busy / Math.max(1e-9, busy + idle + stolen);
    }
}
