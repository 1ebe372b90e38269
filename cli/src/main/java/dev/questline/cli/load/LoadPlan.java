package dev.questline.cli.load;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What to send, and how.
 *
 * @param url an {@code http://} URL
 * @param headers in their order, also several of one name; they replace a default of their name
 * @param body with its type in {@code headers}; may be empty
 * @param requests how many at most, {@link #NO_LIMIT} for no end but that of the time
 * @param rate requests per second, each sent when its time has come and not when an answer has; without it each
 *     connection sends its next request when it has the last one's answer
 * @param timeLimit after which no further request starts; with a rate, how long the schedule is
 * @param timeout for each request, from its start to its answer's last byte; the first to exceed it ends the run
 * @param retries how often a request is sent again that got 429, 503, no whole answer, or none in time
 * @param threads how many at most
 * @param run names this run in the requests' ids; without it they carry none
 * @param showAnswers whether each answer is printed
 */
@SuppressWarnings("ArrayRecordComponent") // Only read, never compared.
public record LoadPlan(
        URI url,
        String method,
        List<Map.Entry<String, String>> headers,
        byte[] body,
        long requests,
        int concurrency,
        boolean keepAlive,
        OptionalDouble rate,
        Optional<Duration> timeLimit,
        Duration timeout,
        int retries,
        int threads,
        Optional<String> run,
        boolean showAnswers) {
    public static final long NO_LIMIT = Long.MAX_VALUE;

    String host() {
        return url.getHost();
    }

    int port() {
        return url.getPort() == -1 ? 80 : url.getPort();
    }

    /** The path with its query, as it is requested. */
    String path() {
        var path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }

    /** What the ids of a run begin with; the request's number follows. The collector logs under them. */
    static String prefix(String run) {
        return "load-" + run + "-";
    }
}
