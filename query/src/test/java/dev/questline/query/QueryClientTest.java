package dev.questline.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.questline.event.UserError;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QueryClientTest {
    private static final Path LOG = Path.of("/p/.questline/spark.log");
    private static final PrintStream NOWHERE = new PrintStream(OutputStream.nullOutputStream());
    private static final byte[] TEXT = "full".getBytes(StandardCharsets.UTF_8);

    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server;
    private int port;
    private QueryClient client;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        port = server.getAddress().getPort();
        client = new QueryClient(new Endpoint(port, "secret"), LOG);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aServiceThatDiesInTheMidstIsAClearErrorAndNotAskedTwice() {
        answer(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            Frames.write(exchange.getResponseBody(), Frames.OUT, TEXT, 0, TEXT.length);
            exchange.getResponseBody().flush();
            throw new IOException("dies");
        });

        assertThatThrownBy(this::run)
                .isInstanceOfSatisfying(
                        UserError.class, e -> assertThat(e.exitCode()).isEqualTo(1))
                .hasMessageStartingWith("the Spark side ended while answering")
                .hasMessageEndingWith("; see " + LOG);
        assertThat(asked).hasValue(1);
    }

    @Test
    void aServiceThatDiesBeforeItAnswersIsNotAskedTwice() {
        answer(exchange -> {
            throw new IOException("dies");
        });

        assertThatThrownBy(this::run)
                .hasMessage("the Spark side at 127.0.0.1:" + port + " does not answer; see " + LOG);
        assertThat(asked).hasValue(1);
    }

    @Test
    void aServiceThatIsNotThereIsAClearError() {
        server.stop(0);

        assertThatThrownBy(this::run)
                .isInstanceOf(UserError.class)
                .hasMessage("the Spark side at 127.0.0.1:" + port + " does not answer; see " + LOG);
    }

    @Test
    void anAnswerThatNobodyReadsIsEnded() throws InterruptedException {
        var broken = new CountDownLatch(1);
        var many = new byte[1 << 20];
        answer(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try {
                for (var i = 0; i < 64; i++) {
                    Frames.write(exchange.getResponseBody(), Frames.OUT, many, 0, many.length);
                }
                Frames.writeExit(exchange.getResponseBody(), 1);
                exchange.close();
            } catch (IOException e) {
                broken.countDown();
            }
        });

        assertThat(client.run(List.of("sql", "select 1"), Path.of("/"), 80, false, FramesTest.goneReader(), NOWHERE))
                .isZero();
        assertThat(broken.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aRefusalIsShown() {
        answer(exchange -> {
            exchange.sendResponseHeaders(503, TEXT.length);
            exchange.getResponseBody().write(TEXT);
            exchange.close();
        });

        assertThatThrownBy(this::run)
                .isInstanceOf(UserError.class)
                .hasMessage("the Spark side at 127.0.0.1:" + port + " refuses: full");
    }

    private void answer(HttpHandler handler) {
        server.createContext("/run", exchange -> {
            asked.incrementAndGet();
            exchange.getRequestBody().readAllBytes();
            handler.handle(exchange);
        });
    }

    private int run() {
        return client.run(List.of("sql", "select 1"), Path.of("/"), 80, false, NOWHERE, NOWHERE);
    }
}
