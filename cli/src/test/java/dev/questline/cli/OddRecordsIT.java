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

    /** In the middle of so many, no sample shows it. */
    private static final String RARE = "{\"event_type\":\"plain\",\"rune\":\"of opening\"}";

    private static final int RECORDS_AROUND_RARE = 2_000;

    @TempDir
    static Path folder;

    private static TestProject project;
    private static EmbeddedBroker broker;

    @BeforeAll
    static void fill() throws IOException {
        project = new TestProject(folder);
        broker = EmbeddedBroker.start(folder.resolve("kafka"), project.kafkaPort());
        try (var producer = producer()) {
            for (var value : EVENTS) {
                send(producer, "events", value);
            }
            for (var value : ASIDE) {
                send(producer, "events", value);
            }
            producer.send(new ProducerRecord<>("events", new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}));
            producer.send(new ProducerRecord<>("events", null));
        }
    }

    private static KafkaProducer<byte[], byte[]> producer() {
        Map<String, Object> properties =
                Map.of("bootstrap.servers", project.bootstrapServers(), "max.request.size", 2_000_000);
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, String topic, String value) {
        producer.send(new ProducerRecord<>(topic, value.getBytes(StandardCharsets.UTF_8)));
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void rowsAreWholeAndTheRestIsCountedAndKept() throws Exception {
        int aside = ASIDE.length + 2;
        var written = project.run("extract", "--write", "all");
        assertThat(written.exitCode()).as(written.err()).isZero();
        assertThat(written.out()).contains("wrote " + EVENTS.length + " rows");
        assertThat(written.err())
                .contains(EVENTS.length + aside + " records read", EVENTS.length + " rows", aside + " set aside");

        assertThat(count("all", "true")).isEqualTo(EVENTS.length);
        assertThat(count("all", "event_type = 'number' and n = '123456789012345678901234567890.10'"))
                .isOne();
        assertThat(count("all", "event_type = 'object' and n = '{\"deep\":[1,{\"er\":null}]}'"))
                .isOne();
        assertThat(count("all", "event_type = 'empty' and n = ''")).isOne();
        assertThat(count("all", "event_type = 'twice' and n = 'last'")).isOne();
        assertThat(count("all", "event_type = 'large' and length(n) = 1000000")).isOne();
        assertThat(count("all", "event_type = 'odd names' and \"a`b\" = '3' and \"☃\" = '4'"))
                .isOne();
        assertThat(count("all/_set_aside", "true")).isEqualTo(aside);
        assertThat(count("all/_set_aside", "value = '[1,2]'::blob")).isOne();
    }

    @Test
    void aFieldInTheMiddleOfManyRecordsIsAColumnOfAllFiles() throws Exception {
        try (var producer = producer()) {
            for (int i = 0; i < RECORDS_AROUND_RARE; i++) {
                send(producer, "rare", i == RECORDS_AROUND_RARE / 2 ? RARE : EVENTS[0]);
            }
        }
        var written = project.run("extract", "--topic", "rare", "--write", "rare");
        assertThat(written.exitCode()).as(written.err()).isZero();
        assertThat(written.out()).contains("|-- rune: string", "wrote 2,000 rows");

        assertThat(count("rare", "Host = 'a' and rune is null")).isEqualTo(RECORDS_AROUND_RARE - 1);
        assertThat(count("rare", "event_type = 'plain' and rune = 'of opening'"))
                .isOne();
    }

    private static long count(String table, String condition) throws Exception {
        return StackIT.duckDb("select count(*) from '" + folder.resolve(table) + "/*.parquet' where " + condition);
    }
}
