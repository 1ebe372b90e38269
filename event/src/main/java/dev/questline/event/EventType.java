package dev.questline.event;

import java.util.Map;
import java.util.Optional;

/**
 * One entry of the catalog.
 *
 * @param name the event's {@code event_type}
 * @param route the request that makes such an event
 * @param answer the body of the answer, byte for byte in UTF-8
 * @param fields the event's own fields in order, {@code event_type} first; values are those JSON knows
 * @param partitionKey the field or header whose value keys the record, so that equal values keep their order
 */
public record EventType(
        String name, Route route, String answer, Map<String, Object> fields, Optional<String> partitionKey) {}
