package dev.questline.collect;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpServerRequest;

/** What comes in on the connections of one event loop: requests, and what is none. */
final class Requests {
    private final Reception reception;
    private final HttpDate clock;
    private final AccessLog accessLog;
    private final Traffic traffic;

    Requests(Reception reception, HttpDate clock, AccessLog accessLog, Traffic traffic) {
        this.reception = reception;
        this.clock = clock;
        this.accessLog = accessLog;
        this.traffic = traffic;
    }

    void receive(HttpServerRequest request, Connection connection) {
        var exchange = exchange(request, connection);
        var refusal = Head.refusal(request);
        if (refusal == null) {
            reception.receive(exchange);
        } else {
            exchange.refuse(refusal);
        }
    }

    /** A head that is no HTTP/1: nothing that follows on the connection could be trusted. */
    void refuseInvalid(HttpServerRequest request, Connection connection) {
        exchange(request, connection).refuse(refusal(request.decoderResult().cause()));
    }

    private static Problem refusal(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return Problem.last(
                    HttpResponseStatus.REQUEST_URI_TOO_LONG,
                    "A request line may have up to " + Limits.REQUEST_LINE_BYTES + " bytes.");
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return Problem.last(
                    HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
                    "A request's headers may have up to " + Limits.HEADER_BYTES + " bytes in all.");
        }
        return cause instanceof RequestDecoder.TooManyLines ? Problem.TOO_MANY_HEADERS : Problem.NOT_HTTP_1;
    }

    private Exchange exchange(HttpServerRequest request, Connection connection) {
        return new Exchange(request, clock, accessLog, traffic, connection);
    }
}
