package dev.questline.collect;

import io.vertx.core.http.HttpHeaders;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The {@code Date} header, formatted once a second. Belongs to one event loop. */
final class HttpDate {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private long second;
    private CharSequence text = "";

    HttpDate() {
        tick();
    }

    /** To be called several times a second. */
    void tick() {
        var now = Instant.now();
        if (now.getEpochSecond() != second) {
            second = now.getEpochSecond();
            text = HttpHeaders.createOptimized(FORMAT.format(now));
        }
    }

    CharSequence text() {
        return text;
    }
}
