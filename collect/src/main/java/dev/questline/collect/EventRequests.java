package dev.questline.collect;

import io.vertx.core.http.HttpServerRequest;

/** Requests that make events: those of one event loop. */
final class EventRequests implements Requests {
    private final Reception reception;
    private final HttpDate clock;
    private final AccessLog accessLog;
    private final Traffic traffic;

    EventRequests(Reception reception, HttpDate clock, AccessLog accessLog, Traffic traffic) {
        this.reception = reception;
        this.clock = clock;
        this.accessLog = accessLog;
        this.traffic = traffic;
    }

    @Override
    public void receive(HttpServerRequest request, Connection connection) {
        reception.receive(exchange(request, connection));
    }

    @Override
    public void refuse(HttpServerRequest request, Problem problem, Connection connection) {
        exchange(request, connection).refuse(problem);
    }

    private Exchange exchange(HttpServerRequest request, Connection connection) {
        return new Exchange(request, clock, accessLog, traffic, connection);
    }
}
