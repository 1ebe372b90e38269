package dev.questline.cli;

import dev.questline.cli.load.LoadPlan;
import dev.questline.event.UserError;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** ab's flags. */
final class LoadOptions {
    private static final double HIGHEST_RATE = 10_000_000;

    private static final Set<String> ID_HEADERS = Set.of("idempotency-key", "ce-id");

    @Parameters(paramLabel = "URL", description = "as in http://localhost:5000/purchase_a_sword")
    private String url = "";

    @Option(names = "-n", paramLabel = "N", description = "requests to send (1; with -t no limit)")
    private @Nullable Long requests;

    @Option(names = "-c", paramLabel = "N", description = "requests at a time (${DEFAULT-VALUE})")
    private int concurrency = 1;

    @Option(names = "-t", paramLabel = "SECONDS", description = "start no request after this time")
    private @Nullable Integer seconds;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = {
                "start N requests a second, each at its time, whether or not answers come; one that finds all",
                "connections busy waits in line, and its time counts from when it was due. Needs -n or -t"
            })
    private @Nullable Double rate;

    @Option(
            names = "--retry",
            paramLabel = "N",
            description = {
                "send a request up to N times again, under the same id, that got 429, 503, a broken connection or no",
                "answer in time; after Retry-After, or 20 ms and twice as long each time, at most 1 s"
            })
    private int retries;

    @Option(names = "--threads", paramLabel = "N", description = "threads that send (half the processors)")
    private int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    @Option(names = "-s", paramLabel = "SECONDS", description = "the longest a request may take (${DEFAULT-VALUE})")
    private int timeout = 30;

    @Option(names = "-k", description = "keep connections alive")
    private boolean keepAlive;

    @Option(names = "-H", paramLabel = "HEADER", description = "a header, as in 'Host: user1.comcast.com'; repeatable")
    private List<String> headers = new ArrayList<>();

    @Option(names = "-p", paramLabel = "FILE", description = "send the file by POST")
    private @Nullable Path postFile;

    @Option(names = "-u", paramLabel = "FILE", description = "send the file by PUT")
    private @Nullable Path putFile;

    @Option(names = "-T", paramLabel = "TYPE", description = "the file's content type (${DEFAULT-VALUE})")
    private String contentType = "text/plain";

    @Option(names = "-m", paramLabel = "METHOD", description = "the method (GET; with -p POST, with -u PUT)")
    private @Nullable String method;

    @Option(names = "-q", description = "show no progress")
    private boolean quiet;

    @Option(names = "-v", paramLabel = "LEVEL", description = "from 2 on, show the answers")
    private int verbosity;

    boolean isQuiet() {
        return quiet;
    }

    /** A name no other run has. */
    static String newRun() {
        return Integer.toUnsignedString(ThreadLocalRandom.current().nextInt(), 36);
    }

    /**
     * What they ask for.
     *
     * @param run what to call the requests in their ids, if the log is to be read back
     * @param folder what relative paths are relative to
     */
    LoadPlan plan(Optional<String> run, Path folder) {
        check(seconds == null || seconds >= 1, "-t " + seconds + ": at least 1 second");
        check(
                rate == null || (rate > 0 && rate <= HIGHEST_RATE),
                "--rate " + rate + ": above 0, up to 10000000 a second");
        check(
                rate == null || requests != null || seconds != null,
                "--rate needs -n or -t: how many requests, how long");
        var count = count();
        check(count >= 1, "-n " + count + ": at least 1 request");
        check(concurrency >= 1, "-c " + concurrency + ": at least 1 request at a time");
        check(
                rate != null || concurrency <= count,
                "-c " + concurrency + " is more than the " + count + " requests of -n");
        check(retries >= 0, "--retry " + retries + ": 0 or more");
        check(threads >= 1, "--threads " + threads + ": at least 1");
        check(timeout >= 1 && timeout <= 86_400, "-s " + timeout + ": from 1 to 86400 seconds");
        check(postFile == null || putFile == null, "-p and -u exclude each other");
        var file = postFile != null ? postFile : putFile;
        return new LoadPlan(
                url(),
                method(),
                headers(file != null, run.isPresent()),
                file == null ? new byte[0] : read(file == postFile ? "-p" : "-u", folder.resolve(file)),
                count,
                concurrency,
                keepAlive,
                rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate),
                Optional.ofNullable(seconds).map(Duration::ofSeconds),
                Duration.ofSeconds(timeout),
                retries,
                threads,
                run,
                verbosity >= 2);
    }

    /** With a rate and a time as many as the schedule holds, so that a run that keeps to it ends by itself. */
    private long count() {
        var given = requests != null ? requests : seconds != null ? LoadPlan.NO_LIMIT : 1;
        return rate != null && seconds != null ? Math.min(given, (long) Math.ceil(rate * seconds)) : given;
    }

    private URI url() {
        try {
            var uri = new URI(url);
            check(
                    "http".equals(uri.getScheme()) && uri.getHost() != null,
                    "'" + url + "' is no http:// URL with a host");
            return uri;
        } catch (URISyntaxException e) {
            throw UserError.wrongUse("'" + url + "' is no URL: " + e.getReason());
        }
    }

    private String method() {
        var byDefault = postFile != null ? "POST" : putFile != null ? "PUT" : "GET";
        var name = method == null ? byDefault : method;
        check(name.matches("[A-Za-z]+"), "-m " + name + ": a method is a word, as in GET");
        return name;
    }

    private List<Map.Entry<String, String>> headers(boolean withBody, boolean ownIds) {
        var lines = new ArrayList<Map.Entry<String, String>>();
        if (withBody) {
            lines.add(Map.entry("Content-Type", contentType));
        }
        for (var header : headers) {
            var colon = header.indexOf(':');
            check(
                    colon > 0 && header.chars().noneMatch(c -> c < ' '),
                    "-H '" + header + "': a header is a name, a colon and a value, as in 'Host: user1.comcast.com'");
            var name = header.substring(0, colon).trim();
            check(
                    !ownIds || !ID_HEADERS.contains(name.toLowerCase(Locale.ROOT)),
                    "-H '" + header
                            + "': what is read back goes by ids of Questline's own; --no-read-back sends yours");
            lines.add(Map.entry(name, header.substring(colon + 1).trim()));
        }
        return lines;
    }

    private static byte[] read(String option, Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw UserError.failed(option + ": there is no file " + file, e);
        } catch (IOException e) {
            throw UserError.failed(option + ": cannot read " + file + ": " + e, e);
        }
    }

    private static void check(boolean holds, String message) {
        if (!holds) {
            throw UserError.wrongUse(message);
        }
    }
}
