package dev.questline.bench;

import dev.questline.bench.lab.Broker;
import dev.questline.bench.lab.Machine;
import dev.questline.bench.lab.Median;
import dev.questline.bench.lab.Tool;
import dev.questline.bench.part.ExtractPart;
import dev.questline.bench.part.ExtractPart.Way;
import dev.questline.bench.part.FillPart;
import dev.questline.bench.report.Section;
import dev.questline.bench.report.Unit;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code extract} to Parquet, as a share of reading alone, and against the classic job's way. */
final class ExtractShare implements Comparison {
    private static final Duration FILL_LIMIT = Duration.ofMinutes(3);
    private static final Duration LIMIT = Duration.ofMinutes(10);

    /** As the stack's Spark process has it. */
    private static final List<String> FLAGS = List.of("-Xmx1g");

    /** One time. */
    private record Timed(double seconds, double cpuSeconds) {}

    @Override
    public String name() {
        return "extract";
    }

    @Override
    public String about() {
        return "a topic to Parquet, against Spark's source alone and the classic job";
    }

    @Override
    public List<Tool> tools() {
        return List.of();
    }

    @Override
    public String title() {
        return "`extract` to Parquet";
    }

    @Override
    public void run(Trial trial, Section section) throws Exception {
        var events = trial.effort().eventsToExtract();
        try (var broker = trial.servers().broker()) {
            for (var topic : List.of(ExtractPart.KNOWN_TOPIC, ExtractPart.RARE_TOPIC)) {
                trial.progress().say("extract: filling the topic " + topic);
                fill(trial, broker, topic, events);
            }
            trial.progress().say("extract: reading in turn");
            report(section, time(trial, broker, events), events);
        }
    }

    private static void fill(Trial trial, Broker broker, String topic, int events)
            throws IOException, InterruptedException {
        var rare = Boolean.toString(topic.equals(ExtractPart.RARE_TOPIC));
        var command = trial.lab()
                .checkout()
                .light(FillPart.class, broker.bootstrapServers(), topic, Integer.toString(events), rare);
        trial.lab().run("fill", FILL_LIMIT, command);
    }

    private static Map<Way, List<Timed>> time(Trial trial, Broker broker, int events)
            throws IOException, InterruptedException {
        var rounds = Integer.toString(trial.effort().rounds());
        var folder = trial.lab().newFolder("lake");
        var flags = new ArrayList<>(FLAGS);
        flags.add("-Dquestline.log=" + folder.resolve("spark.log"));
        var command = trial.lab()
                .checkout()
                .spark(
                        flags,
                        ExtractPart.class,
                        broker.bootstrapServers(),
                        Integer.toString(events),
                        rounds,
                        folder.toString());
        var times = new EnumMap<Way, List<Timed>>(Way.class);
        trial.lab()
                .run("spark", LIMIT, command)
                .lines()
                .map(line -> line.split(" ", -1))
                .forEach(words -> times.computeIfAbsent(Way.valueOf(words[0]), first -> new ArrayList<>())
                        .add(new Timed(Double.parseDouble(words[1]), Double.parseDouble(words[2]))));
        return times;
    }

    private static void report(Section section, Map<Way, List<Timed>> times, int events) {
        section.text(String.format(
                Locale.ROOT,
                "%,d events of 172 bytes, 4 partitions, in one Spark session after a round of warm-up; ways in turn. The"
                        + " source reads the four columns that `extract` needs, with its consumer's settings. A column is to be"
                        + " discovered where one event in the middle has a field that no sample shows: then `extract` gives"
                        + " the files it has written a column more.",
                events));
        var source = rate(times, Way.SOURCE, events);
        var table = section.table("", "s, each run", "million rows a second", "of the source", "CPU µs a row");
        times.forEach((way, timed) -> table.add(
                way.description(),
                timed.stream()
                        .map(t -> String.format(Locale.ROOT, "%.2f", t.seconds()))
                        .collect(Collectors.joining(" · ")),
                Unit.RATIO.show(rate(times, way, events) / 1e6),
                Unit.RATIO.show(rate(times, way, events) / source),
                Unit.RATIO.show(Median.of(timed.stream().map(Timed::cpuSeconds).toList()) * 1e6 / events)));
        var known = rate(times, Way.EXTRACT_KNOWN, events);
        section.atLeast("extract, of the source's rate: columns known", known / source, 0.5, Unit.RATIO);
        section.atLeast(
                "extract, of the source's rate: a column to be discovered",
                rate(times, Way.EXTRACT_DISCOVERING, events) / source,
                0.35,
                Unit.RATIO);
        section.atLeast("extract, times the classic job", known / rate(times, Way.CLASSIC, events), 2, Unit.TIMES);
        var busy = section.boundTable("of " + Machine.cores() + " processors", "busy");
        times.forEach((way, timed) -> busy.add(
                way.description(),
                Unit.RATIO.show(Median.of(
                        timed.stream().map(t -> t.cpuSeconds() / t.seconds()).toList()))));
        section.bound(
                "Of the processor time of a row (above), reading the topic has that of the newer way; the rest of "
                        + "`extract`'s is parsing and Parquet.");
    }

    private static double rate(Map<Way, List<Timed>> times, Way way, int events) {
        return events
                / Median.of(times.getOrDefault(way, List.of()).stream()
                        .map(Timed::seconds)
                        .toList());
    }
}
