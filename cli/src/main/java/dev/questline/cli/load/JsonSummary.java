package dev.questline.cli.load;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** A run as one JSON object. */
public final class JsonSummary {
    private static final JsonFactory JSON = new JsonFactory();

    private JsonSummary() {}

    /** {@code notChecked} says why there is no {@code check}. */
    public static String of(LoadResult result, Optional<LogCheck> check, String notChecked) {
        var text = new StringWriter();
        try (var json = JSON.createGenerator(text)) {
            json.writeStartObject();
            writeCounts(json, result);
            writeFailures(json, result.tally());
            writeLatency(json, result.tally().total);
            if (result.pace().isPresent()) {
                write(json, result.pace().get());
            }
            json.writeObjectFieldStart("log");
            if (check.isPresent()) {
                write(json, check.get());
            } else {
                json.writeStringField("not_read_back", notChecked);
            }
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return text.toString();
    }

    private static void writeCounts(JsonGenerator json, LoadResult result) throws IOException {
        json.writeStringField("url", result.plan().url().toString());
        json.writeNumberField("concurrency", result.plan().concurrency());
        json.writeBooleanField("keep_alive", result.plan().keepAlive());
        json.writeNumberField("seconds", result.seconds());
        json.writeNumberField("complete", result.tally().complete);
        json.writeNumberField("failed", result.tally().failed());
        json.writeNumberField("non_2xx", result.tally().non2xx);
        json.writeNumberField("retried", result.tally().retried);
        json.writeNumberField("bytes_received", result.tally().bytes);
        json.writeNumberField("document_bytes_received", result.tally().bodyBytes);
        json.writeNumberField("requests_per_second", result.requestsPerSecond());
        if (result.stopped().isPresent()) {
            json.writeStringField("stopped", result.stopped().get());
        }
    }

    private static void writeFailures(JsonGenerator json, Tally tally) throws IOException {
        json.writeObjectFieldStart("failures");
        json.writeNumberField("connect", tally.connectErrors);
        json.writeNumberField("receive", tally.receiveErrors);
        json.writeNumberField("length", tally.lengthErrors);
        json.writeNumberField("timeout", tally.timeouts);
        json.writeEndObject();
    }

    private static void writeLatency(JsonGenerator json, Histogram micros) throws IOException {
        json.writeObjectFieldStart("latency_ms");
        if (micros.getTotalCount() > 0) {
            json.writeNumberField("mean", micros.getMean() / 1000);
            json.writeNumberField("p50", micros.getValueAtPercentile(50) / 1000.0);
            json.writeNumberField("p75", micros.getValueAtPercentile(75) / 1000.0);
            json.writeNumberField("p90", micros.getValueAtPercentile(90) / 1000.0);
            json.writeNumberField("p99", micros.getValueAtPercentile(99) / 1000.0);
            json.writeNumberField("p99_9", micros.getValueAtPercentile(99.9) / 1000.0);
            json.writeNumberField("max", micros.getMaxValue() / 1000.0);
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Pace pace) throws IOException {
        json.writeObjectFieldStart("schedule");
        json.writeNumberField("requests_per_second", pace.scheduled());
        json.writeNumberField("achieved_requests_per_second", pace.achieved());
        json.writeNumberField("behind_ms", pace.behindMillis());
        json.writeNumberField("not_sent", pace.notSent());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, LogCheck check) throws IOException {
        json.writeNumberField("sent", check.sent());
        json.writeNumberField("acknowledged", check.acknowledged());
        json.writeNumberField("found", check.found());
        json.writeNumberField("lost", check.lost());
        json.writeNumberField("duplicated", check.duplicated());
    }
}
