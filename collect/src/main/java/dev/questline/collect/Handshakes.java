package dev.questline.collect;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.impl.transports.NioTransport;
import io.vertx.core.impl.transports.TransportInternal;
import io.vertx.core.net.TcpConfig;
import io.vertx.core.transport.Transport;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Connections that are accepted and of which {@link Connections} have not heard, as Vert.x tells of one when its TLS
 * handshake is over: for that a client may take ten seconds, and each takes a file descriptor. Beyond a bound the oldest
 * is closed. Thread-safe.
 */
@ChannelHandler.Sharable
final class Handshakes extends ChannelInboundHandlerAdapter {
    private final Set<Channel> inOrder = new LinkedHashSet<>();
    private final int limit;

    Handshakes(int limit) {
        this.limit = limit;
    }

    /** For Vert.x, which knows no hook for what it accepts. */
    Transport transport() {
        return new TransportInternal("nio", true, null, new NioTransport() {
            @Override
            public void configure(TcpConfig config, boolean isDomainSocket, ServerBootstrap server) {
                super.configure(config, isDomainSocket, server);
                server.handler(Handshakes.this);
            }
        });
    }

    /** What a listening socket's channel reads are connections. */
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // nothing is to be done when it is closed
    public void channelRead(ChannelHandlerContext context, Object accepted) {
        if (accepted instanceof Channel connection) {
            var tooLong = add(connection);
            if (tooLong != null) {
                tooLong.close();
            }
            connection.closeFuture().addListener(closed -> end(connection));
        }
        context.fireChannelRead(accepted);
    }

    private synchronized @Nullable Channel add(Channel connection) {
        inOrder.add(connection);
        if (inOrder.size() <= limit) {
            return null;
        }
        var oldest = inOrder.iterator().next();
        inOrder.remove(oldest);
        return oldest;
    }

    /** This one's is over. */
    synchronized void end(Channel connection) {
        inOrder.remove(connection);
    }
}
