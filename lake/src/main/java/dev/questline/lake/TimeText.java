package dev.questline.lake;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * A record's time in UTC as text that sorts as the times do and that SQL casts back: {@code 2026-11-22 18:04:20.120}.
 * Neighbours in the log share their second, which is formatted once.
 */
final class TimeText {
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.").withZone(ZoneOffset.UTC);

    /** What Kafka gives for a record without a time, in Spark's microseconds. */
    private static final long NONE = -1_000;

    private long second = Long.MIN_VALUE;
    private byte[] text = {};

    @Nullable
    UTF8String of(long micros) {
        if (micros == NONE) {
            return null;
        }
        var ofThis = Math.floorDiv(micros, 1_000_000L);
        if (ofThis != second) {
            second = ofThis;
            text = (SECOND.format(Instant.ofEpochSecond(second)) + "000").getBytes(StandardCharsets.US_ASCII);
        }
        return UTF8String.fromBytes(withMillis(Math.floorMod(micros, 1_000_000L) / 1_000));
    }

    private byte[] withMillis(long millis) {
        var whole = text.clone();
        whole[whole.length - 3] += (byte) (millis / 100);
        whole[whole.length - 2] += (byte) (millis / 10 % 10);
        whole[whole.length - 1] += (byte) (millis % 10);
        return whole;
    }
}
