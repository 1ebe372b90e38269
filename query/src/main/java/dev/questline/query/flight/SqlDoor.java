package dev.questline.query.flight;

import dev.questline.query.SqlOptions;
import dev.questline.query.SqlPort;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SQL for other tools. The port is taken at once, so that one that is not free is told soon; who answers there opens in
 * the background, as its classes are many and nobody who waits for Spark needs them. Who connects before that waits.
 */
public final class SqlDoor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SqlDoor.class);

    private final ServerSocketChannel port;
    private @Nullable FlightDoor open;
    private boolean closed;

    /** Takes the port; 0 is a free one. */
    public SqlDoor(int port) {
        this.port = SqlPort.take(port);
    }

    public int port() {
        return port.socket().getLocalPort();
    }

    /** Opens it in the background. */
    public void open(SparkSession spark, SqlOptions options) {
        var opening = new Thread(() -> tryToOpen(spark, options), "flight-start");
        opening.setDaemon(true);
        opening.start();
    }

    private synchronized void tryToOpen(SparkSession spark, SqlOptions options) {
        if (closed) {
            return;
        }
        try {
            open = new FlightDoor(port, spark, options);
        } catch (IOException | RuntimeException | Error e) {
            LOG.error("SQL for other tools is not answered", e);
            close();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        try (port) {
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            LOG.info("a port was not closed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
