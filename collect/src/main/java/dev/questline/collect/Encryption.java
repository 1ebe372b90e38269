package dev.questline.collect;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** TLS of one collector's listeners, or that they have none. */
final class Encryption {
    private final List<HttpServer> servers = new CopyOnWriteArrayList<>();
    private final Optional<Certificate> first;

    /** @param first without it, there is no TLS */
    Encryption(Optional<Certificate> first) {
        this.first = first;
    }

    /** Makes a listener's server. */
    HttpServer server(Vertx vertx, HttpServerOptions options) {
        first.map(Certificate::options)
                .ifPresent(ssl -> options.setSsl(true)
                        .setKeyCertOptions(ssl.getKeyCertOptions())
                        .setUseAlpn(ssl.isUseAlpn())
                        .setEnabledSecureTransportProtocols(ssl.getEnabledSecureTransportProtocols()));
        var server = vertx.createHttpServer(options);
        servers.add(server);
        return server;
    }

    /** For connections from now on; those that are open stay. */
    Future<?> replaceBy(Certificate next) {
        return Future.all(servers.stream()
                .map(server -> server.updateSSLOptions(next.options()))
                .toList());
    }
}
