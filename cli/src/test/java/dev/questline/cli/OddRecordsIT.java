package dev.questline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.questline.log.EmbeddedBroker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A topic in which anything may stand: {@code extract}, without a stack, counts what is odd and loses no row. */
class OddRecordsIT {
    private static final String[] EVENTS = {
        "{\"event_type\":\"plain\",\"Host\":\"a\"}",
        "{\"event_type\":\"number\",\"n\":123456789012345678901234567890.10}",
        "{\"event_type\":\"object\",\"n\":{\"deep\":[1,{\"er\":null}]}}",
        "{\"event_type\":\"empty\",\"n\":\"\",\"\":\"no name\"}",
        "{\"event_type\":\"twice\",\"n\":\"first\",\"n\":\"last\"}",
        "{\"event_type\":\"case\",\"host\":\"small\",\"Host\":\"big\"}",
        "{\"event_type\":\"own time\",\"timestamp\":\"mine\"}",
        "{\"event_type\":\"odd names\",\"a b\":\"1\",\"a.b\":\"2\",\"a`b\":\"3\",\"☃\":\"4\",\"select\":\"5\"}",
        "{\"event_type\":\"large\",\"n\":\"" + "x".repeat(1_000_000) + "\"}",
    };
    private static final String[] ASIDE = {
        "no json",
        "[1,2]",
        "\"text\"",
        "42",
        "null",
        "",
        "{\"event_type\":\"cut",
        "{\"event_type\":\"x\"} trailing",
        "[".repeat(5000),
    };

    @TempDir
    static Path folder;

    private static TestProject project;
    private static EmbeddedBroker broker;

    @BeforeAll
    static void fill() throws IOException {
        project = new TestProject(folder);
        broker = EmbeddedBroker.start(folder.resolve("kafka"), project.kafkaPort());
        Map<String, Object> properties =
                Map.of("bootstrap.servers", project.bootstrapServers(), "max.request.size", 2_000_000);
        try (var producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (var value : EVENTS) {
                producer.send(new ProducerRecord<>("events", value.getBytes(StandardCharsets.UTF_8)));
            }
            for (var value : ASIDE) {
                producer.send(new ProducerRecord<>("events", value.getBytes(StandardCharsets.UTF_8)));
            }
            producer.send(new ProducerRecord<>("events", new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}));
            producer.send(new ProducerRecord<>("events", null));
        }
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void rowsAreWholeAndTheRestIsCounted() {
        var extract = project.run("extract", "--output", "json");
        assertThat(extract.exitCode()).as(extract.err()).isZero();
        assertThat(extract.out().lines()).hasSize(EVENTS.length);
        assertThat(extract.out())
                .contains("123456789012345678901234567890.10")
                .contains("x".repeat(1_000_000))
                .contains("\"last\"")
                .doesNotContain("\"first\"")
                .contains("\"mine\"");
        int aside = ASIDE.length + 2;
        assertThat(extract.err())
                .contains(EVENTS.length + aside + " records read", EVENTS.length + " rows", aside + " set aside");
    }

    @Test
    void writtenRowsAreThoseRowsAndTheRestIsKept() throws Exception {
        var written = project.run("extract", "--write", "all");
        assertThat(written.exitCode()).as(written.err()).isZero();
        assertThat(StackIT.duckDb("select count(*) from '" + folder + "/all/*.parquet'"))
                .isEqualTo(EVENTS.length);
        assertThat(folder.resolve("all/_set_aside")).isDirectory();
    }
}
