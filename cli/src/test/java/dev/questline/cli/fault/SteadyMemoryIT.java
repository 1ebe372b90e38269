package dev.questline.cli.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.questline.log.LogReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The collector under full load for so many minutes ({@code questline.minutes}): its memory becomes flat. */
@EnabledIfSystemProperty(named = "questline.minutes", matches = "[1-9][0-9]*")
@EnabledOnOs(OS.LINUX) // for /proc
class SteadyMemoryIT extends OneBroker {
    private static final Duration LENGTH = Duration.ofMinutes(Integer.getInteger("questline.minutes", 1));
    private static final int SAMPLES = 30;
    private static final Duration LOAD = LENGTH.dividedBy(SAMPLES);

    /** By then the compilers have seen all, and the pools have their size. */
    private static final int WARM = SAMPLES / 3;

    private static final double LIVE_GROWTH = 1.10;
    private static final double RESIDENT_GROWTH = 1.10;

    /** Below this a difference is none. */
    private static final long NOISE_MEGABYTES = 8;

    private long failedRequests;

    @Test
    void itIsFlat() throws Exception {
        startBroker();
        try (var collector = startCollector()) {
            keepLittle();
            var samples = new ArrayList<Memory>();
            for (int i = 0; i < SAMPLES; i++) {
                load(collector.port());
                samples.add(Memory.of(collector.jvm()));
            }
            System.out.printf(
                    "MEMORY of the collector in %d min of full load, %d events, %d failed, live/resident MB: %s%n",
                    LENGTH.toMinutes(), events(), failedRequests, shown(samples));
            assertThat(broker().isAlive()).isTrue();
            assertIsFlat(samples.subList(WARM, SAMPLES));
        }
    }

    private long events() {
        try (var reader = LogReader.open(servers(), Broker.TOPIC)) {
            return reader.endOffsets().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    private static void assertIsFlat(List<Memory> samples) {
        int half = samples.size() / 2;
        var first = samples.subList(0, half);
        var second = samples.subList(half, samples.size());
        assertThat(meanLive(second)).as("live").isLessThan(meanLive(first) * LIVE_GROWTH + NOISE_MEGABYTES);
        assertThat(meanResident(second))
                .as("resident")
                .isLessThan(meanResident(first) * RESIDENT_GROWTH + NOISE_MEGABYTES);
    }

    private static double meanLive(List<Memory> samples) {
        return samples.stream().mapToLong(Memory::live).average().orElseThrow();
    }

    private static double meanResident(List<Memory> samples) {
        return samples.stream().mapToLong(Memory::resident).average().orElseThrow();
    }

    private static String shown(List<Memory> samples) {
        return String.join(
                " ",
                samples.stream()
                        .map(each -> each.live() + "/" + each.resident())
                        .toList());
    }

    private void load(int port) throws IOException, InterruptedException {
        var command = Jvm.command(
                List.of("-Xmx256m"),
                CollectorMain.class,
                "load",
                "-q",
                "-k",
                "--no-read-back",
                "--project=" + folder,
                "-c",
                "64",
                "-t",
                String.valueOf(Math.max(1, LOAD.toSeconds())),
                "http://127.0.0.1:" + port + "/purchase_a_sword");
        var load = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(load.getInputStream().readAllBytes(), UTF_8);
        load.waitFor();
        var failed = Pattern.compile("Failed requests: +(\\d+)").matcher(said);
        assertThat(failed.find()).as(said).isTrue();
        // A pause of the machine may cost some; how the memory does is another question.
        failedRequests += Long.parseLong(failed.group(1));
    }

    /** Half an hour of events would fill a disk. */
    private void keepLittle() throws Exception {
        var topic = new ConfigResource(ConfigResource.Type.TOPIC, Broker.TOPIC);
        var settings = Map.of("segment.bytes", "67108864", "retention.bytes", "134217728").entrySet().stream()
                .map(each ->
                        new AlterConfigOp(new ConfigEntry(each.getKey(), each.getValue()), AlterConfigOp.OpType.SET))
                .toList();
        try (var probe = new Probe(servers())) {
            probe.admin().incrementalAlterConfigs(Map.of(topic, settings)).all().get();
        }
    }
}
