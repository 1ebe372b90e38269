package dev.questline.collect;

import com.fasterxml.jackson.core.JsonFactory;
import dev.questline.event.Catalog;
import dev.questline.event.EventType;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * A refusal as the client gets it (RFC 9457).
 *
 * @param routes the routes there are, where that helps; else empty
 * @param headers what the answer's head says besides
 */
record Problem(HttpResponseStatus status, String detail, List<String> routes, Map<String, String> headers) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int ROUTES_NAMED = 100;
    private static final Map<String, String> RETRY = Map.of("Retry-After", "1");
    private static final Map<String, String> CLOSE = Map.of("Connection", "close");

    static final Problem LOG_UNAVAILABLE = retry(
            HttpResponseStatus.SERVICE_UNAVAILABLE,
            "The event log takes no events at the moment; this one is not logged.");
    static final Problem NOT_ACKNOWLEDGED = retry(
            HttpResponseStatus.SERVICE_UNAVAILABLE,
            "The event log did not acknowledge the event in time; it may or may not be logged.");
    static final Problem OVERLOADED = retry(
            HttpResponseStatus.TOO_MANY_REQUESTS, "Too many requests wait for the event log; this one is not logged.");
    static final Problem CLOSING = new Problem(
            HttpResponseStatus.SERVICE_UNAVAILABLE,
            "The collector is stopping; this event is not logged.",
            List.of(),
            Map.of("Retry-After", "1", "Connection", "close"));
    static final Problem BUG = of(HttpResponseStatus.INTERNAL_SERVER_ERROR, "The collector failed; its log says how.");
    static final Problem EVENT_TOO_LARGE =
            of(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, "The event is larger than the log takes.");
    static final Problem NOT_HTTP_1 =
            last(HttpResponseStatus.BAD_REQUEST, "This is no request of HTTP/1.0 or HTTP/1.1.");
    static final Problem LONG_LINE = last(
            HttpResponseStatus.REQUEST_URI_TOO_LONG,
            "A request line may have up to " + Limits.REQUEST_LINE_BYTES + " bytes.");
    static final Problem LONG_HEADERS = last(
            HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
            "A request's headers may have up to " + Limits.HEADER_BYTES + " bytes in all.");
    static final Problem TARGET = last(
            HttpResponseStatus.BAD_REQUEST,
            "A request names its path, or an http URL (RFC 9112, section 3.2); this is no proxy.");
    static final Problem NO_HOST = last(
            HttpResponseStatus.BAD_REQUEST,
            "A request has one Host header, which HTTP/1.0 alone may leave out (RFC 9112, section 3.2).");
    static final Problem NAMELESS_HEADER =
            last(HttpResponseStatus.BAD_REQUEST, "A header has a name (RFC 9110, section 5.1).");
    static final Problem TRANSFER_ENCODING =
            last(HttpResponseStatus.BAD_REQUEST, "The one Transfer-Encoding understood here is chunked.");
    static final Problem TOO_MANY_HEADERS = last(
            HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
            "A request may have up to " + Limits.HEADER_LINES + " header lines.");
    static final Problem BODY_TOO_SLOW =
            last(HttpResponseStatus.REQUEST_TIMEOUT, "The request's body did not come in time.");
    static final Problem BROKEN_BODY =
            last(HttpResponseStatus.BAD_REQUEST, "The request's body is broken off or no HTTP.");
    static final Problem CLIENT_ID = of(
            HttpResponseStatus.BAD_REQUEST,
            "Idempotency-Key and ce-id take up to " + Limits.CLIENT_ID_CHARACTERS
                    + " characters of ASCII, none of them a control character.");

    static final Problem ID_MISMATCH = of(
            HttpResponseStatus.UNPROCESSABLE_ENTITY,
            "This Idempotency-Key or ce-id was given to an event of another type; this one is not logged.");
    static final Problem NOT_TAKEN = retry(
            HttpResponseStatus.SERVICE_UNAVAILABLE,
            "The event log does not take this event at the moment; it is not logged.");

    static Problem of(HttpResponseStatus status, String detail) {
        return new Problem(status, detail, List.of(), Map.of());
    }

    /** A refusal after which the connection cannot go on. */
    static Problem last(HttpResponseStatus status, String detail) {
        return new Problem(status, detail, List.of(), CLOSE);
    }

    static Problem bodyTooLarge(int limit) {
        return last(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, "A body may have up to " + limit + " bytes.");
    }

    /** No event type takes this method on this path. */
    static Problem noRoute(Catalog catalog, String method, String path) {
        var methods = catalog.methodsAt(path);
        if (methods.isEmpty()) {
            var routes = catalog.types().stream()
                    .limit(ROUTES_NAMED)
                    .map(EventType::route)
                    .map(Object::toString)
                    .toList();
            return new Problem(HttpResponseStatus.NOT_FOUND, "No event comes in at this path.", routes, Map.of());
        }
        var allowed = String.join(", ", methods);
        return new Problem(
                HttpResponseStatus.METHOD_NOT_ALLOWED,
                "Events come in here by " + allowed + ", not by " + method + ".",
                List.of(),
                Map.of("Allow", allowed));
    }

    private static Problem retry(HttpResponseStatus status, String detail) {
        return new Problem(status, detail, List.of(), RETRY);
    }

    /** Whether the event may stand in the log nevertheless. */
    boolean isFailure() {
        return equals(NOT_ACKNOWLEDGED) || equals(BUG);
    }

    boolean closesConnection() {
        return headers.containsKey("Connection");
    }

    Buffer json() {
        var bytes = new ByteArrayOutputStream();
        try (var json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("type", "about:blank");
            json.writeStringField("title", status.reasonPhrase());
            json.writeNumberField("status", status.code());
            json.writeStringField("detail", detail);
            if (!routes.isEmpty()) {
                json.writeFieldName("routes");
                json.writeArray(routes.toArray(String[]::new), 0, routes.size());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return Buffer.buffer(bytes.toByteArray());
    }
}
