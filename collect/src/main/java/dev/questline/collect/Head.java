package dev.questline.collect;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.AsciiString;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a request's head must be beyond what the decoder asks: nothing that another server on the way could read
 * otherwise, and nothing that is dear to read. Each of its faults ends the connection. A Host header may say anything:
 * it is taken as data, never as an address.
 */
final class Head {
    /** Takes a body of eight bytes along without saying so, in a draft of WebSocket's that the decoder knows. */
    private static final String DRAFT_KEY = "Sec-WebSocket-Key1";

    private static final String HOST = "Host";

    /** In its query Vert.x would look for the path. */
    private static final Pattern URL_WITHOUT_PATH =
            Pattern.compile("https?://[^/?#]*(?:[?#].*)?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final String TRANSFER_ENCODING = "Transfer-Encoding";

    private Head() {}

    /** What is wrong with it; null if nothing is. */
    static @Nullable Problem refusal(HttpServerRequest request) {
        return isTarget(request.uri()) ? headersRefusal(request) : Problem.TARGET;
    }

    /** What is wrong with one that the decoder has not understood. */
    static Problem refusal(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return Problem.LONG_LINE;
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return Problem.LONG_HEADERS;
        }
        return cause instanceof RequestDecoder.TooManyLines ? Problem.TOO_MANY_HEADERS : Problem.NOT_HTTP_1;
    }

    /** In one pass, as every request comes by here. */
    private static @Nullable Problem headersRefusal(HttpServerRequest request) {
        int lines = 0;
        int hosts = 0;
        for (var line : request.headers()) {
            lines++;
            var name = line.getKey();
            switch (name.length()) {
                case 0 -> {
                    return Problem.NAMELESS_HEADER;
                }
                case 4 -> {
                    if (AsciiString.contentEqualsIgnoreCase(name, HOST)) {
                        hosts++;
                    }
                }
                case 17 -> {
                    if (AsciiString.contentEqualsIgnoreCase(name, TRANSFER_ENCODING)
                            && !line.getValue().equalsIgnoreCase("chunked")) {
                        return Problem.TRANSFER_ENCODING;
                    }
                }
                case 18 -> {
                    if (AsciiString.contentEqualsIgnoreCase(name, DRAFT_KEY)) {
                        return Problem.NOT_HTTP_1;
                    }
                }
                default -> {}
            }
        }
        if (lines > Limits.HEADER_LINES) {
            return Problem.TOO_MANY_HEADERS;
        }
        return hosts == 1 || (hosts == 0 && isHttp10(request)) ? null : Problem.NO_HOST;
    }

    private static boolean isHttp10(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_1_0;
    }

    /** RFC 9112, section 3.2, without the form that is for proxies' CONNECT alone. */
    private static boolean isTarget(String uri) {
        return uri.startsWith("/")
                || uri.equals("*")
                || uri.regionMatches(true, 0, "http://", 0, 7)
                || uri.regionMatches(true, 0, "https://", 0, 8);
    }

    /** That of the request's target, without its query. */
    static String path(HttpServerRequest request) {
        var uri = request.uri();
        return !uri.startsWith("/") && URL_WITHOUT_PATH.matcher(uri).matches() ? "/" : String.valueOf(request.path());
    }
}
