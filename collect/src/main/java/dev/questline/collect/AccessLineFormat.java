package dev.questline.collect;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The Common Log Format. Not thread-safe: it keeps the text of the second it formatted last. */
final class AccessLineFormat {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "'['dd/MMM/yyyy:HH:mm:ss Z']'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private long second = Long.MIN_VALUE;
    private String time = "";

    void append(AccessLine line, StringBuilder text) {
        if (line.epochSecond() != second) {
            second = line.epochSecond();
            time = TIME.format(Instant.ofEpochSecond(second));
        }
        text.append(line.client()).append(" - - ").append(time).append(" \"");
        escape(line.request(), text);
        text.append("\" ").append(line.status()).append(' ');
        if (line.bytes() == 0) {
            text.append('-');
        } else {
            text.append(line.bytes());
        }
        text.append('\n');
    }

    /** As Apache does it, so that no client can forge a line or send a terminal its control sequences. */
    private static void escape(String request, StringBuilder text) {
        for (int i = 0; i < request.length(); i++) {
            var c = request.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c >= ' ' && c < 0x7f) {
                text.append(c);
            } else {
                text.append("\\x").append(HEX[(c >> 4) & 0xf]).append(HEX[c & 0xf]);
            }
        }
    }
}
