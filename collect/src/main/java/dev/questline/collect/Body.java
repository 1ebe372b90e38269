package dev.questline.collect;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.function.LongConsumer;

/** What a request's head says of its body, and reading it to its end without keeping it. */
final class Body {
    private Body() {}

    static boolean isAnnounced(HttpServerRequest request) {
        return declaredBytes(request) != 0 || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }

    static long declaredBytes(HttpServerRequest request) {
        var declared = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return declared == null ? 0 : Long.parseLong(declared.trim());
    }

    /** The client waits to be told to send it; one of HTTP/1.0 cannot mean it (RFC 9110, section 10.1.1). */
    static boolean isAskedFor(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_1_1
                && "100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT));
    }

    /**
     * Calls {@code read} after each part with the bytes so far, and {@code end} after the last; or {@code broken} if what
     * comes is no body, or no more comes.
     */
    static void drain(HttpServerRequest request, LongConsumer read, Runnable end, Runnable broken) {
        var count = new long[1];
        request.handler(part -> {
            count[0] += part.length();
            read.accept(count[0]);
        });
        request.endHandler(done -> end.run());
        request.exceptionHandler(e -> broken.run());
    }
}
