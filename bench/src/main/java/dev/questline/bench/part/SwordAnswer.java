package dev.questline.bench.part;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The bytes of the collector's answer, but for the receipt's digits; one for each event loop. */
final class SwordAnswer {
    static final int EVENT_LOOPS = Math.max(2, Runtime.getRuntime().availableProcessors());

    private static final DateTimeFormatter DATE_FORMAT =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);
    private static final CharSequence DATE = HttpHeaders.createOptimized("Date");
    private static final List<Map.Entry<CharSequence, CharSequence>> HEADERS = List.of(
            header("Questline-Event-Id", "019ad0c5-7a3e-7cc1-b2c4-3f5d9d1a6e70"),
            header("Questline-Topic", "events"),
            header("Questline-Partition", "0"),
            header("Questline-Offset", "1234567"),
            header("Server", "questline"),
            header("Content-Type", "text/plain; charset=utf-8"),
            header("Content-Length", "17"));

    private CharSequence date = now();

    SwordAnswer(Vertx vertx) {
        vertx.setPeriodic(500, timer -> date = now());
    }

    void to(HttpServerRequest request) {
        var response = request.response();
        HEADERS.forEach(header -> response.putHeader(header.getKey(), header.getValue()));
        response.putHeader(DATE, date).end(Buffer.buffer("Sword Purchased!\n"));
    }

    /** Those of the collector's listener that are not the framework's defaults. */
    static HttpServerOptions options() {
        return new HttpServerOptions()
                .setAcceptBacklog(4096)
                .setHttp2ClearTextEnabled(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setStrictThreadMode(true);
    }

    private static Map.Entry<CharSequence, CharSequence> header(String name, String value) {
        return Map.entry(HttpHeaders.createOptimized(name), HttpHeaders.createOptimized(value));
    }

    private static CharSequence now() {
        return HttpHeaders.createOptimized(DATE_FORMAT.format(ZonedDateTime.now(ZoneOffset.UTC)));
    }
}
