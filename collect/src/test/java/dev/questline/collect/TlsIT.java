package dev.questline.collect;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.questline.event.Catalog;
import dev.questline.event.Settings;
import dev.questline.log.LoopbackPort;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class TlsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    static Path certificates;

    private static TestCertificate first;
    private static TestCertificate second;

    @TempDir
    Path folder;

    private final MemoryLog log = new MemoryLog();
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private Settings.Tls files;
    private Settings.Collector where;
    private Collector collector;
    private LiveCertificate live;

    @BeforeAll
    static void make() throws Exception {
        first = TestCertificate.make(certificates, "RSA");
        second = TestCertificate.make(certificates, "EC");
    }

    @BeforeEach
    void open() {
        files = new Settings.Tls(folder.resolve("cert.pem"), folder.resolve("key.pem"));
        where = Settings.Collector.at("127.0.0.1", LoopbackPort.anyFree()).with(files);
    }

    @AfterEach
    void close() {
        if (collector != null) {
            live.close();
            collector.close();
        }
    }

    private void start() {
        collector = Collector.start(where, () -> Catalog.BUILT_IN, log, AccessLog.off());
        live = LiveCertificate.watch(where, collector, messages::add);
    }

    @Test
    void whateverFailsTheCertificateIsStillWatched() throws Exception {
        first.writeTo(files);
        collector = Collector.start(where, () -> Catalog.BUILT_IN, log, AccessLog.off());
        live = LiveCertificate.watch(where, collector, message -> {
            messages.add(message);
            if (messages.size() == 1) {
                throw new IllegalStateException("the message is lost");
            }
        });
        await(() -> messages.size() == 2);
        assertThat(messages.get(1)).endsWith("the message is lost");
        second.writeTo(files);
        await(() -> messages.size() == 3);
        assertThat(messages.get(2)).startsWith("tls: in force is the certificate of CN=localhost");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void answersJavasClient(String algorithm) throws Exception {
        var certificate = TestCertificate.make(folder, algorithm).writeTo(files);
        start();
        var answer = get(client(certificate.trust()));
        assertThat(answer.body()).isEqualTo("Sword Purchased!\n");
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        assertThat(log.events()).hasSize(1);
        await(() -> messages.size() == 1);
        assertThat(messages.get(0)).startsWith("tls: in force is the certificate of CN=localhost, valid until 20");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void speaksTls(String protocol) throws Exception {
        first.writeTo(files);
        start();
        try (var socket = connect(first.trust())) {
            socket.setEnabledProtocols(new String[] {protocol});
            assertThat(ask(socket)).contains("200 OK");
            assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
        }
    }

    @Test
    void saysNothingInTheClear() throws Exception {
        first.writeTo(files);
        start();
        try (var socket = new Socket("127.0.0.1", where.port())) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
                    .doesNotContain("HTTP");
        } catch (SocketException e) {
            // reset, which says no more
        }
        assertThat(get(client(first.trust())).statusCode()).isEqualTo(200);
        assertThat(log.events()).hasSize(1);
    }

    /** They cannot take what others need, though none has come so far as to be idle. */
    @Test
    void ofThoseThatNeverShakeHandsTheOldestAreClosed() throws Exception {
        first.writeTo(files);
        start();
        var silent = new ArrayList<RawClient>();
        int bound = ConnectionLimits.STANDARD.handshakes();
        try {
            for (int i = 0; i < bound + 20; i++) {
                silent.add(new RawClient(where.port()));
            }
            assertThat(get(client(first.trust())).statusCode()).isEqualTo(200);
            for (var one : silent.subList(0, 20)) {
                assertThat(one.isAtEnd()).isTrue();
            }
            assertThat(silent.get(bound + 19).isClosedByNow()).isFalse();
            assertThat(silent.get(21).isClosedByNow()).isFalse(); // the 21st made room for Java's client
        } finally {
            for (var one : silent) {
                one.close();
            }
        }
    }

    @Test
    void knowsWhenAClientHasGone() throws Exception {
        first.writeTo(files);
        start();
        try (var socket = connect(first.trust())) {
            assertThat(ask(socket)).contains("200 OK");
            assertThat(collector.connections()).isEqualTo(1);
        }
        await(() -> collector.connections() == 0);
    }

    @Test
    void aNewCertificateIsForNewConnectionsAndLosesNoRequest() throws Exception {
        first.writeTo(files);
        start();
        var trust = first.trust(second);
        var ended = new AtomicBoolean();
        var answered = new AtomicInteger();
        var failures = new CopyOnWriteArrayList<Throwable>();
        var requests = new Thread(() -> {
            try {
                for (var client = client(trust); !ended.get(); answered.incrementAndGet()) {
                    // Some on a connection that stays, some on new ones.
                    assertThat(get(answered.get() % 4 == 0 ? client(trust) : client)
                                    .statusCode())
                            .isEqualTo(200);
                }
            } catch (Throwable e) {
                failures.add(e);
            }
        });
        requests.start();
        try (var old = connect(trust)) {
            assertThat(ask(old)).contains("200 OK");
            second.writeTo(files);
            await(() -> presented(trust).equals(second.certificate()));
            assertThat(ask(old)).as("a connection that is open goes on").contains("200 OK");
            assertThat(peer(old)).isEqualTo(first.certificate());
            var before = answered.get();
            await(() -> answered.get() > before + 5 || !failures.isEmpty());
        } finally {
            ended.set(true);
            requests.join();
        }
        assertThat(failures).isEmpty();
        assertThat(messages.get(messages.size() - 1)).startsWith("tls: in force is the certificate of");
        assertThat(messages).noneMatch(message -> message.contains("BEGIN"));
    }

    @Test
    void aBrokenPairLeavesTheOldInForceAndIsTold() throws Exception {
        first.writeTo(files);
        start();
        await(() -> messages.size() == 1);

        Files.writeString(files.certificate(), second.pem());
        await(() -> messages.size() == 2);
        assertThat(messages.get(1))
                .isEqualTo("tls: ERROR, the certificate stays as it was: collector.tls_key: " + files.key()
                        + " is not the key of the certificate in " + files.certificate()
                        + " (collector.tls_certificate)");
        assertThat(presented(first.trust())).isEqualTo(first.certificate());

        Files.delete(files.key());
        await(() -> messages.size() == 3);
        assertThat(messages.get(2)).endsWith(": collector.tls_key: " + files.key() + " does not exist");
        assertThat(presented(first.trust())).isEqualTo(first.certificate());

        Files.writeString(files.key(), second.keyPem());
        await(() -> messages.size() == 4);
        assertThat(messages.get(3)).startsWith("tls: in force is the certificate of");
        assertThat(presented(second.trust())).isEqualTo(second.certificate());
    }

    private HttpClient client(SSLContext trust) {
        return HttpClient.newBuilder().sslContext(trust).build();
    }

    private HttpResponse<String> get(HttpClient client) throws IOException, InterruptedException {
        var url = URI.create(where.url() + "/purchase_a_sword");
        return client.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
    }

    private SSLSocket connect(SSLContext trust) throws IOException {
        return (SSLSocket) trust.getSocketFactory().createSocket("127.0.0.1", where.port());
    }

    private static String ask(SSLSocket socket) throws IOException {
        socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII));
        var answer = new StringBuilder();
        while (!answer.toString().endsWith("This is the default response!\n")) {
            var next = socket.getInputStream().read();
            assertThat(next).as(answer.toString()).isNotNegative();
            answer.append((char) next);
        }
        return answer.toString();
    }

    private X509Certificate presented(SSLContext trust) {
        try (var socket = connect(trust)) {
            socket.startHandshake();
            return peer(socket);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static X509Certificate peer(SSLSocket socket) throws IOException {
        return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }

    private static void await(BooleanSupplier condition) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited longer than " + PATIENCE).isLessThan(deadline);
            LockSupport.parkNanos(10_000_000);
        }
    }
}
