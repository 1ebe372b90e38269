package dev.questline.query;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.questline.event.UserError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests of this machine's user on the loopback interface: {@code POST /run}. */
final class QueryService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(QueryService.class);
    private static final int RUNNING = 8;
    private static final int WAITING = 64;
    private static final int MILLIS_TO_END = 500;
    private static final int LONGEST_BODY = 16 << 20;

    private final SparkSession spark;
    private final SharedSessions sessions;
    private final String token = newToken();
    private final HttpServer server;
    private final ThreadPoolExecutor workers =
            new ThreadPoolExecutor(RUNNING, RUNNING, 60, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING));
    /** A thread for each request that runs or waits: it watches the caller while a worker works. */
    private final ExecutorService watchers = Executors.newCachedThreadPool();

    /** Listens at once; port 0 takes a free one. */
    QueryService(SparkSession spark, int port) {
        // Else the last part of an answer waits for an acknowledgement that is itself delayed.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        this.spark = spark;
        this.sessions = new SharedSessions(spark);
        workers.allowCoreThreadTimeOut(true);
        server = listen(port);
        server.createContext("/run", guarded(this::run));
        server.setExecutor(watchers);
        server.start();
    }

    private static HttpServer listen(int port) {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), WAITING);
        } catch (IOException e) {
            throw UserError.failed("--port " + port + ": cannot listen there: " + e.getMessage(), e);
        }
    }

    /** The line that tells the parent process where to ask. */
    String readyLine() {
        return new Endpoint(server.getAddress().getPort(), token).line();
    }

    private static HttpHandler guarded(HttpHandler handler) {
        return exchange -> {
            try (exchange) {
                handler.handle(exchange);
            } catch (IOException e) {
                LOG.info("a caller has gone", e);
            } catch (RuntimeException e) {
                LOG.error("internal error", e);
            }
        };
    }

    private void run(HttpExchange exchange) throws IOException {
        if (!isAuthorized(exchange)) {
            refuse(exchange, 401, "a request needs this process's token");
        } else if (!exchange.getRequestMethod().equals("POST")) {
            refuse(exchange, 405, "allowed is POST");
        } else {
            answer(exchange);
        }
    }

    private boolean isAuthorized(HttpExchange exchange) {
        var given = exchange.getRequestHeaders().getFirst("Authorization");
        return given != null && MessageDigest.isEqual(utf8(given), utf8("Bearer " + token));
    }

    private void answer(HttpExchange exchange) throws IOException {
        var body = exchange.getRequestBody().readNBytes(LONGEST_BODY + 1);
        if (body.length > LONGEST_BODY) {
            refuse(exchange, 413, "a request is at most " + LONGEST_BODY + " bytes");
            return;
        }
        try {
            new Run(sessions, RunRequest.read(body)).answer(exchange, workers);
        } catch (IllegalArgumentException e) {
            refuse(exchange, 400, String.valueOf(e.getMessage()));
        } catch (RejectedExecutionException e) {
            refuse(exchange, 503, "too many statements run and wait already");
        }
    }

    private static void refuse(HttpExchange exchange, int status, String reason) throws IOException {
        var text = utf8(reason);
        exchange.sendResponseHeaders(status, text.length);
        exchange.getResponseBody().write(text);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String newToken() {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Refuses what comes, cancels what runs, and gives it a moment to say so. */
    @Override
    public void close() {
        workers.shutdown();
        workers.getQueue().clear();
        spark.sparkContext().cancelAllJobs();
        try {
            workers.awaitTermination(MILLIS_TO_END, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.stop(0);
        watchers.shutdownNow();
    }
}
