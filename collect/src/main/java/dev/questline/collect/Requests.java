package dev.questline.collect;

import io.vertx.core.http.HttpServerRequest;

/** Answers what comes in on the connections of one event loop, and tells each connection when that is done. */
interface Requests {
    void receive(HttpServerRequest request, Connection connection);

    /** One whose head says that nothing which follows on the connection could be trusted, or no HTTP/1 at all. */
    void refuse(HttpServerRequest request, Problem problem, Connection connection);
}
