package dev.questline.query.flight;

import dev.questline.query.SqlOptions;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.arrow.flight.FlightServer;
import org.apache.arrow.flight.Location;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.util.ArrowUtils;

/** Answers Arrow Flight SQL on a port that is taken already. */
final class FlightDoor implements AutoCloseable {
    private static final int LARGEST_REQUEST = 16 << 20;
    private static final int LONGEST_HEADERS = 64 << 10;
    private static final int BYTES_ON_THEIR_WAY = 1 << 20;
    private static final int LOOPS = 2;
    private static final int MILLIS_TO_END = 500;

    private final ServerSocketChannel port;
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(LOOPS, NioIoHandler.newFactory());
    private final BufferAllocator memory = ArrowUtils.rootAllocator().newChildAllocator("flight", 0, Long.MAX_VALUE);
    private final StreamWorkers workers = new StreamWorkers();
    private final FlightServer server;

    /**
     * Answers from now on.
     *
     * @param options whose tables, and how long a statement may take
     */
    FlightDoor(ServerSocketChannel port, SparkSession spark, SqlOptions options) throws IOException {
        this.port = port;
        var producer = new StatementProducer(new FlightSessions(spark, options), memory, workers);
        var number = port.socket().getLocalPort();
        server = FlightServer.builder(memory, Location.forGrpcInsecure("127.0.0.1", number), producer)
                .middleware(SessionCookie.KEY, new SessionCookie.Factory())
                .maxInboundMessageSize(LARGEST_REQUEST)
                .setMaxHeaderListSize(LONGEST_HEADERS)
                .backpressureThreshold(BYTES_ON_THEIR_WAY)
                .transportHint("grpc.builderConsumer", (Consumer<NettyServerBuilder>) this::onTakenPort)
                .build()
                .start();
    }

    private void onTakenPort(NettyServerBuilder grpc) {
        grpc.bossEventLoopGroup(loops).workerEventLoopGroup(loops).channelFactory(() -> new Taken(port));
    }

    /** What is open ends with an error. */
    @Override
    public void close() throws InterruptedException {
        server.shutdown();
        workers.close();
        server.awaitTermination(MILLIS_TO_END, TimeUnit.MILLISECONDS);
        loops.shutdownGracefully(0, MILLIS_TO_END, TimeUnit.MILLISECONDS).await(MILLIS_TO_END);
    }

    /** A channel that listens where it is to listen before Netty asks for it. */
    private static final class Taken extends NioServerSocketChannel {
        Taken(ServerSocketChannel port) {
            super(port);
        }

        @Override
        protected void doBind(SocketAddress address) {
            // It is.
        }
    }
}
