package dev.questline.cli.load;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What to send, and how.
 *
 * @param url an {@code http://} URL
 * @param headers in their order, also several of one name; they replace a default of their name
 * @param body with its type in {@code headers}; may be empty
 * @param requests how many at most
 * @param timeLimit after which no further request starts
 * @param timeout for each request, from its start to its answer's last byte; the first to exceed it ends the run
 * @param run names this run in the requests' ids; without it they carry none
 * @param showAnswers whether each answer is printed
 */
@SuppressWarnings("ArrayRecordComponent") // Only read, never compared.
public record LoadPlan(
        URI url,
        String method,
        List<Map.Entry<String, String>> headers,
        byte[] body,
        int requests,
        int concurrency,
        boolean keepAlive,
        Optional<Duration> timeLimit,
        Duration timeout,
        Optional<String> run,
        boolean showAnswers) {

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
