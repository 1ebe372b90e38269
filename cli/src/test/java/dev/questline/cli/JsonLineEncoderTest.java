package dev.questline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonLineEncoderTest {
    @Test
    void aLineIsAnObjectWithATimeInUtc() throws IOException {
        var line = encode("took \"{}\"\n\tand é", null);
        assertThat(line.path("timestamp").asText()).isEqualTo("2026-11-23T03:04:05.600Z");
        assertThat(line.path("level").asText()).isEqualTo("WARN");
        assertThat(line.path("logger").asText()).isEqualTo("dev.questline.Some");
        assertThat(line.path("message").asText()).isEqualTo("took \"a thing\"\n\tand é");
        assertThat(line.has("exception")).isFalse();
    }

    @Test
    void anExceptionStaysOnTheLineWithItsCauses() throws IOException {
        var failure = new IllegalStateException("first\nsecond", new IOException("the disk"));
        var line = encode("failed", failure);
        assertThat(line.path("exception").asText())
                .contains("IllegalStateException: first\nsecond\n", "\tat dev.questline", "Caused by: ", "the disk");
    }

    private static JsonNode encode(String message, @Nullable Throwable failure) throws IOException {
        var logger = new LoggerContext().getLogger("dev.questline.Some");
        var event = new LoggingEvent("", logger, Level.WARN, message, failure, new Object[] {"a thing"});
        event.setInstant(Instant.parse("2026-11-23T03:04:05.600Z"));
        var encoded = new String(new JsonLineEncoder().encode(event), UTF_8);
        assertThat(encoded).endsWith("}\n");
        assertThat(encoded.indexOf('\n')).isEqualTo(encoded.length() - 1);
        return new ObjectMapper().readTree(encoded);
    }
}
