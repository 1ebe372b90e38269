package dev.questline.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.questline.event.Event;
import java.time.Instant;
import java.util.ArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** An event as a record of the topic, by the CloudEvents 1.0 Kafka binding in binary mode. */
final class EventRecord {
    private static final Header SPEC_VERSION = header(Event.Header.SPEC_VERSION, "1.0");
    private static final Header SOURCE = header(Event.Header.SOURCE, "/questline/collector");
    private static final Header CONTENT_TYPE = header(Event.Header.CONTENT_TYPE, "application/json");
    private static final Header CLIENT_ID = header(Event.Header.CLIENT_ID, "true");

    private static volatile TimeHeader lastTime = new TimeHeader(Instant.EPOCH, SPEC_VERSION);

    private EventRecord() {}

    static ProducerRecord<byte[], byte[]> of(Event event, String topic) {
        var headers = new ArrayList<Header>(8);
        headers.add(SPEC_VERSION);
        headers.add(header(Event.Header.ID, event.id()));
        headers.add(header(Event.Header.TYPE, event.type()));
        headers.add(SOURCE);
        headers.add(timeHeader(event.time()));
        headers.add(CONTENT_TYPE);
        if (event.isClientId()) {
            headers.add(CLIENT_ID);
        }
        event.trace().forEach((name, value) -> headers.add(header(name, value)));
        byte @Nullable [] key = event.key().map(text -> text.getBytes(UTF_8)).orElse(null);
        return new ProducerRecord<>(topic, null, event.time().toEpochMilli(), key, event.value(), headers);
    }

    /** The id of the event in a record, if the record is one of ours. */
    static @Nullable String id(ConsumerRecord<byte[], byte[]> record) {
        var header = record.headers().lastHeader(Event.Header.ID);
        return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
    }

    /** The events of a millisecond, at full load some hundred, share it. */
    private static Header timeHeader(Instant time) {
        var shared = lastTime;
        if (!shared.time().equals(time)) {
            shared = new TimeHeader(time, header(Event.Header.TIME, time.toString()));
            lastTime = shared;
        }
        return shared.header();
    }

    private record TimeHeader(Instant time, Header header) {}

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(UTF_8));
    }
}
