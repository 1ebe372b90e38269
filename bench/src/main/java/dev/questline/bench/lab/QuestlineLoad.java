package dev.questline.bench.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code questline load} over connections that are kept, without reading the log back. */
public record QuestlineLoad(Lab lab, int connections) {
    private static final Duration MARGIN = Duration.ofSeconds(60);

    /** What an open loop found; its times count from when a request was due. */
    public record Paced(Answered answered, double p999Millis, double maxMillis) {}

    /** A closed loop, as wrk's. */
    public Answered run(URI url, int seconds) throws IOException, InterruptedException {
        return answered(load(seconds, List.of("-t", Integer.toString(seconds)), url));
    }

    /** An open loop: requests start at their times, whether or not answers come. */
    public Paced run(URI url, int seconds, long perSecond) throws IOException, InterruptedException {
        var requests = Long.toString(perSecond * seconds);
        var result = load(seconds, List.of("--rate", Long.toString(perSecond), "-n", requests), url);
        var latency = result.path("latency_ms");
        return new Paced(
                answered(result),
                latency.path("p99_9").asDouble(Double.NaN),
                latency.path("max").asDouble(Double.NaN));
    }

    private JsonNode load(int seconds, List<String> howMuch, URI url) throws IOException, InterruptedException {
        var command = new ArrayList<>(
                List.of(lab.checkout().distribution().resolve("bin/questline").toString(), "load"));
        command.addAll(List.of("-q", "-k", "-c", Integer.toString(connections)));
        command.addAll(List.of("--no-read-back", "--output", "json"));
        command.addAll(howMuch);
        command.add(url.toString());
        return new ObjectMapper()
                .readTree(lab.run("load", Duration.ofSeconds(seconds).plus(MARGIN), command));
    }

    private static Answered answered(JsonNode result) {
        var failures = result.path("failures");
        long broken = failures.path("connect").asLong()
                + failures.path("receive").asLong()
                + failures.path("timeout").asLong();
        long refused = result.path("non_2xx").asLong();
        return new Answered(
                result.path("complete").asLong() - broken - refused,
                refused,
                broken,
                result.path("seconds").asDouble(),
                result.path("latency_ms").path("p50").asDouble(Double.NaN),
                result.path("latency_ms").path("p99").asDouble(Double.NaN));
    }
}
