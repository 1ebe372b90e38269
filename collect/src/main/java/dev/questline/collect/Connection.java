package dev.questline.collect;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.impl.http1.Http1ServerConnection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A client's connection: takes its requests one after the other and sees to its end. Belongs to one event loop. */
final class Connection {
    /** At most 64 KiB at once, and no more than the one read once requests wait behind one that is being answered. */
    private static final RecvByteBufAllocator READS =
            new AdaptiveRecvByteBufAllocator(512, 2048, 16 * 1024).maxMessagesPerRead(4);

    /** Bytes that wait for a client to read them, beyond the socket's buffers: from so many on, more is not read either. */
    private static final WriteBufferWaterMark UNREAD = new WriteBufferWaterMark(4 * 1024, 8 * 1024);

    private static final String DECODER = "httpDecoder";

    /** These three are kept by {@link Connections}. */
    final ConnectionQueue.Place turn = new ConnectionQueue.Place(this);

    final ConnectionQueue.Place holding = new ConnectionQueue.Place(this);

    /** Bytes in memory of what the client has sent and what is no request yet. */
    long held;

    private final Http1ServerConnection http;
    private final Connections all;
    private final Context context;
    private final Duration linger;
    private final Requests requests;
    private RequestDecoder decoder = new RequestDecoder(this);
    private @Nullable Exchange sendingBody;
    private long taken;
    private long brokenOff;
    private boolean closing;

    private Connection(
            Http1ServerConnection http, Connections all, Requests requests, Context context, Duration linger) {
        this.http = http;
        this.all = all;
        this.context = context;
        this.linger = linger;
        this.requests = requests;
    }

    /** Vert.x hands over a connection before it reads from it. */
    static void open(Http1ServerConnection http, Connections all, Requests requests, Context context, Duration linger) {
        var connection = new Connection(http, all, requests, context, linger);
        all.add(connection);
        http.handler(connection::take);
        http.invalidRequestHandler(connection::takeInvalid);
        http.closeHandler(closed -> all.remove(connection));
        http.channel().config().setRecvByteBufAllocator(READS);
        http.channel().config().setWriteBufferWaterMark(UNREAD);
        http.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        http.channel().pipeline().replace(DECODER, DECODER, connection.decoder);
        http.channel().pipeline().addBefore("handler", "end-of-input", new EndOfInput(connection));
    }

    /** So much of what has come is no request yet. */
    void holds(long bytes) {
        if (bytes != held) {
            all.holds(this, bytes);
        }
    }

    /** With nothing under way. */
    void renewDecoder() {
        decoder = new RequestDecoder(this);
        http.channel().pipeline().replace(DECODER, DECODER, decoder);
    }

    /** A request has its answer. */
    void answered() {
        decoder.proceed();
    }

    /** What its last head takes in memory, in bytes. */
    long headWeight() {
        return decoder.headWeight();
    }

    boolean isClosing() {
        return closing;
    }

    private void take(HttpServerRequest request) {
        taken++;
        if (closing) {
            return;
        }
        all.requestCame(this);
        var refusal = Head.refusal(request);
        if (refusal == null) {
            requests.receive(request, this);
        } else {
            requests.refuse(request, refusal, this);
        }
    }

    private void takeInvalid(HttpServerRequest request) {
        taken++;
        if (EndOfInput.isMarkedBy(request)) {
            http.close(); // when the answers are written
        } else if (!closing) {
            requests.refuse(request, Head.refusal(request.decoderResult().cause()), this);
        }
    }

    /** The exchange's request has a body; it is to be there in time. One that is broken off is refused already. */
    void bodyBegins(Exchange exchange) {
        sendingBody = exchange;
        all.bodyBegins(this);
        if (taken == brokenOff) {
            refuseBody(Problem.BROKEN_BODY);
        }
    }

    /** The client's {@code number}th request, its last, has a body whose end will not come. */
    void bodyBreaksOff(long number) {
        brokenOff = number;
        if (taken == brokenOff) {
            refuseBody(Problem.BROKEN_BODY);
        }
    }

    void bodyEnds() {
        sendingBody = null;
        all.requestCame(this);
    }

    /** Does nothing if no body is under way. */
    void refuseBody(Problem problem) {
        var exchange = sendingBody;
        bodyEnds();
        if (exchange != null) {
            exchange.refuse(problem);
        }
    }

    /**
     * Makes an answer that is not written yet the last, and takes no more requests. Closing at once, with more of the last
     * one on its way, would reset the connection, and the client might lose the answer; until then what still comes is
     * read and dropped.
     */
    void closeAfter(HttpServerResponse answer) {
        closing = true;
        // Vert.x promises a client of HTTP/1.0 what it has asked for.
        answer.headersEndHandler(end -> answer.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE));
        context.owner().setTimer(linger.toMillis() + 1, id -> cut());
    }

    /** Closes now, and does not wait for a client that reads nothing, as Vert.x' own close does. */
    @SuppressWarnings("FutureReturnValueIgnored") // nothing is to be done when it is closed
    void cut() {
        all.remove(this);
        http.channelHandlerContext().close();
    }
}
