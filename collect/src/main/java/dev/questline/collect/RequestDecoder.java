package dev.questline.collect;

import io.netty.handler.codec.http.HttpMessage;
import io.vertx.core.http.Http1ServerConfig;
import io.vertx.core.http.impl.http1.VertxHttpRequestDecoder;

/** Takes HTTP/1.0 and HTTP/1.1 alone: Vert.x' answer would bear whatever version the client has written. */
final class RequestDecoder extends VertxHttpRequestDecoder {
    RequestDecoder() {
        super(new Http1ServerConfig()
                .setMaxHeaderSize(Limits.HEADER_BYTES)
                .setMaxInitialLineLength(Limits.REQUEST_LINE_BYTES));
    }

    @Override
    protected HttpMessage createMessage(String[] requestLine) {
        var version = requestLine[2];
        if (!version.equals("HTTP/1.1") && !version.equals("HTTP/1.0")) {
            throw new IllegalArgumentException("the version is neither HTTP/1.0 nor HTTP/1.1");
        }
        return super.createMessage(requestLine);
    }
}
