package dev.questline.bench.lab;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * wrk with two threads: a closed loop over connections that are kept.
 *
 * @param withKey whether each request has an {@code Idempotency-Key} of its own
 * @param post what is sent instead of a GET
 */
public record Wrk(Lab lab, int connections, boolean withKey, Optional<Post> post) {
    private static final int THREADS = 2;
    private static final Duration MARGIN = Duration.ofSeconds(30);

    /** A body from a file. */
    public record Post(String file, String type) {}

    public static Wrk of(Lab lab, int connections) {
        return new Wrk(lab, connections, false, Optional.empty());
    }

    public Answered run(URI url, int seconds) throws IOException, InterruptedException {
        var output = lab.run("wrk", Duration.ofSeconds(seconds).plus(MARGIN), command(url, seconds));
        return output.lines()
                .filter(line -> line.startsWith("bench "))
                .findFirst()
                .map(Wrk::parse)
                .orElseThrow(() -> new IOException("wrk said nothing of its result: " + output));
    }

    private List<String> command(URI url, int seconds) {
        var command = new ArrayList<>(List.of("wrk", "-t" + THREADS, "-c" + connections, "-d" + seconds + "s"));
        command.addAll(List.of("-s", lab.checkout().file("src/main/lua/wrk.lua").toString(), url.toString(), "--"));
        command.add(withKey ? Long.toHexString(System.nanoTime()) : "-");
        post.ifPresent(body -> command.addAll(List.of(body.file(), body.type())));
        return command;
    }

    /** The line of wrk.lua: requests, microseconds, refused, broken, and two percentiles in microseconds. */
    private static Answered parse(String line) {
        var numbers = line.split(" ", -1);
        var requests = Long.parseLong(numbers[1]);
        var refused = Long.parseLong(numbers[3]);
        return new Answered(
                requests - refused,
                refused,
                Long.parseLong(numbers[4]),
                Long.parseLong(numbers[2]) / 1e6,
                Long.parseLong(numbers[5]) / 1e3,
                Long.parseLong(numbers[6]) / 1e3);
    }
}
