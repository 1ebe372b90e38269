package dev.questline.collect;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.Http1ServerConfig;
import io.vertx.core.http.impl.http1.VertxHttpRequestDecoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes HTTP/1.0 and HTTP/1.1 alone: Vert.x' answer would bear whatever version the client has written. A request made of
 * bytes takes fifty times their memory: so of those that a client sends in a row one is made at a time, and none while it
 * leaves its answers unread; a head of too many lines is no longer read, and the connection is told what it holds.
 */
final class RequestDecoder extends VertxHttpRequestDecoder {
    private final Connection connection;
    private @Nullable ChannelHandlerContext context;
    private @Nullable HttpMessage unfinished;
    private @Nullable HttpRequest unanswered;
    private final RequestWeight weight = new RequestWeight();
    private boolean inBody;
    private boolean refusesAll;
    private boolean waits;
    private boolean inputEnded;

    RequestDecoder(Connection connection) {
        super(new Http1ServerConfig()
                .setMaxHeaderSize(Limits.HEADER_BYTES)
                .setMaxInitialLineLength(Limits.REQUEST_LINE_BYTES));
        this.connection = connection;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) throws Exception {
        this.context = context;
        super.handlerAdded(context);
    }

    @Override
    protected HttpMessage createMessage(String[] requestLine) {
        var version = requestLine[2];
        if (!version.equals("HTTP/1.1") && !version.equals("HTTP/1.0")) {
            throw new IllegalArgumentException("the version is neither HTTP/1.0 nor HTTP/1.1");
        }
        var message = super.createMessage(requestLine);
        unfinished = message;
        weight.beginHead();
        return message;
    }

    /** It stands for what is no HTTP at all. After one of HTTP/1.0, Netty's choice, the connection would be closed at once. */
    @Override
    protected HttpMessage createInvalidMessage() {
        return new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/bad-request", Unpooled.buffer(0));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) throws Exception {
        super.channelRead(context, bytes);
        if (waits) {
            context.channel().config().setAutoRead(false);
        }
        connection.holds(weight.owed(actualReadableBytes()));
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        if (refusesAll || (connection.isClosing() && !inBody)) {
            in.skipBytes(in.readableBytes());
        } else if (!inBody && unanswered != null) {
            waitBehind(unanswered, in);
        } else if (!inBody && !context.channel().isWritable()) {
            waits = true; // for the client to read the answers it has
        } else {
            int before = in.readableBytes();
            super.decode(context, in, out);
            take(before - in.readableBytes(), out);
        }
    }

    /** What comes behind a connection's last request is read, lest the connection be reset, and dropped. */
    private void waitBehind(HttpRequest request, ByteBuf in) {
        if (HttpUtil.isKeepAlive(request)) {
            waits = true;
        } else {
            in.skipBytes(in.readableBytes());
        }
    }

    private void take(int bytes, List<Object> out) {
        if (inBody) {
            weight.readOfBody(bytes);
        } else if (unfinished != null && bytes > 0) {
            weight.readOfHead(bytes, lines(unfinished));
        }
        if (!out.isEmpty()) {
            made(out);
        } else if (unfinished != null && weight.headLines() > Limits.HEADER_LINES) {
            breakOff(unfinished, out);
        }
    }

    private void made(List<Object> out) {
        weight.partOfBody();
        for (var part : out) {
            if (part instanceof HttpRequest request) {
                unfinished = null;
                unanswered = request;
                inBody = true;
            }
            if (part instanceof LastHttpContent) {
                weight.end();
                inBody = false;
            }
        }
    }

    private void breakOff(HttpMessage head, List<Object> out) {
        head.setDecoderResult(DecoderResult.failure(new TooManyLines()));
        out.add(head);
        unfinished = null;
        weight.end();
        refusesAll = true;
        reset(); // lest its end be taken for that of an unfinished head
    }

    private static int lines(HttpMessage head) {
        int count = 0;
        for (var lines = head.headers().iteratorCharSequence(); lines.hasNext(); lines.next()) {
            count++;
        }
        return count;
    }

    /** Of the last one that was made, in bytes. */
    long headWeight() {
        return weight.ofHead();
    }

    /** The request is answered: what has come behind it has its turn. */
    void proceed() {
        unanswered = null;
        var handler = context;
        if (handler != null && waits) {
            handler.executor().execute(() -> decodeMore(handler));
        } else if (handler != null && weight.isRoomLarge()) {
            handler.executor().execute(() -> makeWay(handler));
        }
    }

    /** It keeps the room that its longest line took for as long as its connection lives; a new one has none. */
    private void makeWay(ChannelHandlerContext context) {
        boolean isIdle = !waits && unanswered == null && unfinished == null && !inBody && actualReadableBytes() == 0;
        if (isIdle && !connection.isClosing() && !context.isRemoved()) {
            connection.renewDecoder();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) throws Exception {
        super.channelWritabilityChanged(context);
        if (waits) {
            context.executor().execute(() -> decodeMore(context));
        }
    }

    private void decodeMore(ChannelHandlerContext context) {
        if (!waits || unanswered != null || !context.channel().isWritable() || context.isRemoved()) {
            return;
        }
        waits = false;
        if (!inputEnded) {
            context.channel().config().setAutoRead(true); // first: what comes now may end it again
        }
        try {
            channelRead(context, Unpooled.EMPTY_BUFFER);
            channelReadComplete(context);
            if (!waits && inputEnded) {
                super.userEventTriggered(context, ChannelInputShutdownEvent.INSTANCE);
            }
        } catch (Exception e) {
            context.fireExceptionCaught(e);
        }
    }

    /** What waits would be dropped, or read on for. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) throws Exception {
        if (waits) {
            discardSomeReadBytes();
            context.fireChannelReadComplete();
        } else {
            super.channelReadComplete(context);
        }
    }

    /** The end comes behind what waits. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (waits && event == ChannelInputShutdownEvent.INSTANCE) {
            inputEnded = true;
        } else {
            super.userEventTriggered(context, event);
        }
    }

    /** A head has more lines than it may have, and perhaps no end. */
    static final class TooManyLines extends Exception {
        /** It tells of no place in the code. */
        @Override
        public Throwable fillInStackTrace() {
            return this;
        }
    }
}
