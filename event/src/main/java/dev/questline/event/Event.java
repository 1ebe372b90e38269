package dev.questline.event;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * An event on its way into the log.
 *
 * @param id the client's id for it, or a UUIDv7
 * @param isClientId whether the id is the client's, who may send the event once more under it
 * @param type its event type
 * @param time when the collector received it
 * @param key what keys the record, if anything does
 * @param trace the headers of W3C Trace Context that came with it, in small letters; they become record headers
 * @param value one JSON object in UTF-8, not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // Kafka takes bytes, and nobody compares events.
public record Event(
        String id,
        boolean isClientId,
        String type,
        Instant time,
        Optional<String> key,
        Map<String, String> trace,
        byte[] value) {
    /** The field that names an event's type. */
    public static final String TYPE_FIELD = "event_type";

    /** The column in which {@code extract} gives the record's time; no event of a catalog may have it as a field. */
    public static final String TIME_COLUMN = "timestamp";

    /** The topic's record headers: of the CloudEvents 1.0 Kafka binding in binary mode, and one of our own. */
    public static final class Header {
        public static final String SPEC_VERSION = "ce_specversion";
        public static final String ID = "ce_id";
        public static final String TYPE = "ce_type";
        public static final String SOURCE = "ce_source";
        public static final String TIME = "ce_time";
        public static final String CONTENT_TYPE = "content-type";

        /** Stands in a record, as {@code true}, if its id is the client's: those alone need be remembered. */
        public static final String CLIENT_ID = "questline_client_id";

        private Header() {}
    }
}
