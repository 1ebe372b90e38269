package dev.questline.collect;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.http.HttpServerRequest;
import java.io.EOFException;

/**
 * A client that has shut its sending side still gets the answers to what it sent. Behind its last request comes one that
 * is none, so that it is seen when all before it are answered.
 */
final class EndOfInput extends ChannelInboundHandlerAdapter {
    private final Connection connection;

    EndOfInput(Connection connection) {
        this.connection = connection;
    }

    static boolean isMarkedBy(HttpServerRequest request) {
        return request.decoderResult().cause() instanceof Reached;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event != ChannelInputShutdownEvent.INSTANCE) {
            context.fireUserEventTriggered(event);
        } else if (connection.isSendingBody()) {
            connection.refuseBody(Problem.BROKEN_BODY);
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
