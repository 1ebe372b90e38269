package dev.questline.collect;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.HttpServerRequest;
import java.io.EOFException;

/**
 * A client that has shut its sending side still gets the answers to what it sent. Behind its last request comes one that
 * is none, so that it is seen when all before it are answered; unless the last one's body is broken off, or is none, which
 * then ends the connection in its turn. Vert.x would close it at once.
 */
final class EndOfInput extends ChannelInboundHandlerAdapter {
    private final Connection connection;
    private long requests;
    private boolean isWithinRequest;

    EndOfInput(Connection connection) {
        this.connection = connection;
    }

    static boolean isMarkedBy(HttpServerRequest request) {
        return request.decoderResult().cause() instanceof Reached;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object part) {
        if (part instanceof HttpRequest) {
            requests++;
            isWithinRequest = true;
        } else if (part instanceof HttpContent content
                && content.decoderResult().isFailure()) {
            content.release();
            connection.bodyBreaksOff(requests);
            return;
        }
        if (part instanceof LastHttpContent) {
            isWithinRequest = false;
        }
        context.fireChannelRead(part);
    }

    /** Of a request that could not be decoded Vert.x makes an error as soon as it is answered. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!connection.isClosing()) {
            context.fireExceptionCaught(cause);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event != ChannelInputShutdownEvent.INSTANCE) {
            context.fireUserEventTriggered(event);
        } else if (isWithinRequest) {
            connection.bodyBreaksOff(requests);
        } else {
            var mark = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
            mark.setDecoderResult(DecoderResult.failure(new Reached()));
            context.fireChannelRead(mark);
            context.fireChannelReadComplete();
        }
    }

    private static final class Reached extends EOFException {
        /** It tells of no place in the code. */
        @Override
        public Throwable fillInStackTrace() {
            return this;
        }
    }
}
