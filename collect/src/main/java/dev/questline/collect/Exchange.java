package dev.questline.collect;

import dev.questline.event.Event;
import dev.questline.event.EventType;
import dev.questline.log.Receipt;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** One request and its one answer. Belongs to its connection's event loop. */
final class Exchange {
    private static final CharSequence SERVER = HttpHeaders.createOptimized("Server");
    private static final CharSequence DATE = HttpHeaders.createOptimized("Date");
    private static final CharSequence CONTENT_TYPE = HttpHeaders.createOptimized("Content-Type");
    private static final CharSequence CONTENT_LENGTH = HttpHeaders.createOptimized("Content-Length");
    private static final CharSequence QUESTLINE = HttpHeaders.createOptimized("questline");
    private static final CharSequence TEXT = HttpHeaders.createOptimized("text/plain; charset=utf-8");
    private static final CharSequence PROBLEM = HttpHeaders.createOptimized("application/problem+json");
    private static final CharSequence EVENT_ID = HttpHeaders.createOptimized("Questline-Event-Id");
    private static final CharSequence TOPIC = HttpHeaders.createOptimized("Questline-Topic");
    private static final CharSequence PARTITION = HttpHeaders.createOptimized("Questline-Partition");
    private static final CharSequence REPEATED = HttpHeaders.createOptimized("Questline-Repeated");
    private static final CharSequence TRUE = HttpHeaders.createOptimized("true");
    private static final CharSequence OFFSET = HttpHeaders.createOptimized("Questline-Offset");

    private final HttpServerRequest request;
    private final HttpDate clock;
    private final AccessLog accessLog;
    private final Traffic traffic;
    private final Connection connection;
    private final long headBytes;
    private final long start = System.nanoTime();
    private final Instant received = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private boolean over;

    Exchange(HttpServerRequest request, HttpDate clock, AccessLog accessLog, Traffic traffic, Connection connection) {
        this.request = request;
        this.clock = clock;
        this.accessLog = accessLog;
        this.traffic = traffic;
        this.connection = connection;
        this.headBytes = connection.headWeight();
        traffic.received();
    }

    HttpServerRequest request() {
        return request;
    }

    Connection connection() {
        return connection;
    }

    Instant received() {
        return received;
    }

    /** What the request's head takes in memory. */
    long headBytes() {
        return headBytes;
    }

    /** The request has its outcome, whether or not its client was still there to hear of it. */
    boolean isOver() {
        return over;
    }

    /** The event stands in the log. */
    void confirm(Event event, EventType type, Receipt receipt) {
        if (over) {
            return;
        }
        over = true;
        traffic.logged(receipt.isRepeated(), System.nanoTime() - start);
        if (clientIsGone()) {
            return;
        }
        request.response()
                .putHeader(EVENT_ID, event.id())
                .putHeader(TOPIC, receipt.topic())
                .putHeader(PARTITION, Integer.toString(receipt.partition()))
                .putHeader(OFFSET, Long.toString(receipt.offset()));
        if (receipt.isRepeated()) {
            request.response().putHeader(REPEATED, TRUE);
        }
        answer(200, TEXT, Buffer.buffer(type.answer()));
    }

    /** Does nothing if the request has its answer already. */
    void refuse(Problem problem) {
        if (over) {
            return;
        }
        over = true;
        count(problem);
        if (clientIsGone()) {
            return;
        }
        problem.headers().forEach(request.response()::putHeader);
        if (problem.closesConnection()) {
            connection.closeAfter(request.response());
        }
        answer(problem.status().code(), PROBLEM, problem.json());
    }

    private void count(Problem problem) {
        long nanos = System.nanoTime() - start;
        if (problem.isFailure()) {
            traffic.failed(problem.status().code(), nanos);
        } else {
            traffic.refused(problem.status().code(), nanos);
        }
    }

    private boolean clientIsGone() {
        return request.response().closed();
    }

    private void answer(int status, CharSequence contentType, Buffer body) {
        var response = request.response();
        response.setStatusCode(status)
                .putHeader(SERVER, QUESTLINE)
                .putHeader(DATE, clock.text())
                .putHeader(CONTENT_TYPE, contentType)
                .putHeader(CONTENT_LENGTH, Integer.toString(body.length()));
        var head = request.method().equals(HttpMethod.HEAD);
        // Before the answer, so that who has read the answer finds the line.
        accessLog.add(new AccessLine(
                request.remoteAddress().hostAddress(),
                received.getEpochSecond(),
                requestLine(),
                status,
                head ? 0 : body.length()));
        if (head) {
            response.end();
        } else {
            response.end(body);
        }
        connection.answered();
    }

    private String requestLine() {
        if (request.decoderResult().isFailure()) {
            return "-";
        }
        return request.method().name() + " " + Head.path(request) + " "
                + (request.version() == HttpVersion.HTTP_1_0 ? "HTTP/1.0" : "HTTP/1.1");
    }
}
