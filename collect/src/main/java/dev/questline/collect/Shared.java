package dev.questline.collect;

import dev.questline.event.Catalog;
import dev.questline.log.EventLog;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * What all event loops of a collector share. Thread-safe in all its parts.
 *
 * @param catalog asked for each request
 * @param connections how many are open
 * @param handshakes of connections that are not yet among those
 * @param held by them, in bytes, of what is no request yet
 */
record Shared(
        Supplier<Catalog> catalog,
        EventLog log,
        AccessLog accessLog,
        Limits limits,
        Admission admission,
        AtomicInteger connections,
        Handshakes handshakes,
        AtomicLong held,
        Traffic traffic) {
    static Shared of(Supplier<Catalog> catalog, EventLog log, AccessLog accessLog, Limits limits) {
        var connections = new AtomicInteger();
        return new Shared(
                catalog,
                log,
                accessLog,
                limits,
                new Admission(limits),
                connections,
                new Handshakes(limits.connections().handshakes()),
                new AtomicLong(),
                new Traffic(connections::get));
    }
}
