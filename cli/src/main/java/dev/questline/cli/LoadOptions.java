package dev.questline.cli;

import dev.questline.cli.load.LoadPlan;
import dev.questline.event.UserError;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** ab's flags. */
final class LoadOptions {
    /** ab's own bound when only a time is given. */
    private static final int MOST_IN_A_TIME = 50_000;

    private static final Set<String> ID_HEADERS = Set.of("idempotency-key", "ce-id");

    @Parameters(paramLabel = "URL", description = "as in http://localhost:5000/purchase_a_sword")
    private String url = "";

    @Option(names = "-n", paramLabel = "N", description = "requests to send (1; with -t 50000)")
    private @Nullable Integer requests;

    @Option(names = "-c", paramLabel = "N", description = "requests at a time (${DEFAULT-VALUE})")
    private int concurrency = 1;

    @Option(names = "-t", paramLabel = "SECONDS", description = "start no request after this time")
    private @Nullable Integer seconds;

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
        var count = requests != null ? requests : seconds != null ? MOST_IN_A_TIME : 1;
        check(count >= 1, "-n " + count + ": at least 1 request");
        check(concurrency >= 1, "-c " + concurrency + ": at least 1 request at a time");
        check(concurrency <= count, "-c " + concurrency + " is more than the " + count + " requests of -n");
        check(seconds == null || seconds >= 1, "-t " + seconds + ": at least 1 second");
        check(timeout >= 1 && timeout <= 86_400, "-s " + timeout + ": from 1 to 86400 seconds");
        check(postFile == null || putFile == null, "-p and -u exclude each other");
        var file = postFile != null ? postFile : putFile;
        return new LoadPlan(
                url(),
                method(),
                headers(file != null, run.isPresent()),
                file == null ? new byte[0] : read(folder.resolve(file)),
                count,
                concurrency,
                keepAlive,
                Optional.ofNullable(seconds).map(Duration::ofSeconds),
                Duration.ofSeconds(timeout),
                run,
                verbosity >= 2);
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

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw UserError.failed("cannot read " + file + ": " + e, e);
        }
    }

    private static void check(boolean holds, String message) {
        if (!holds) {
            throw UserError.wrongUse(message);
        }
    }
}
