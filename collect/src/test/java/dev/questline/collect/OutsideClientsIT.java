package dev.questline.collect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.questline.event.Catalog;
import dev.questline.event.Settings;
import dev.questline.log.LoopbackPort;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The clients people have already: ab and curl, where they are installed, and Java's own. */
class OutsideClientsIT {
    private final TestCollector collector = new TestCollector();

    @AfterEach
    void close() {
        collector.close();
    }

    private String url(String path) {
        return "http://127.0.0.1:" + collector.port + path;
    }

    @ParameterizedTest
    @ValueSource(strings = {"-q", "-k"})
    @Timeout(30)
    void answersAb(String keepAlive) throws Exception {
        var out = run(
                "ab", "-n", "100", "-c", "10", keepAlive, "-H", "Host: user1.comcast.com", url("/purchase_a_sword"));

        assertThat(out)
                .contains("Server Software:        questline", "Document Length:        17 bytes")
                .contains("Complete requests:      100\n", "Failed requests:        0\n")
                .doesNotContain("Non-2xx");
        if (keepAlive.equals("-k")) {
            assertThat(out).contains("Keep-Alive requests:    100\n");
        }
        assertThat(collector.log.values())
                .hasSize(100)
                .allSatisfy(
                        value -> assertThat(value)
                                .startsWith("{\"event_type\":\"purchase_sword\",")
                                .contains(
                                        "\"Host\":\"user1.comcast.com\",\"User-Agent\":\"ApacheBench/2.3\",\"Accept\":\"*/*\"}"));
    }

    @Test
    @Timeout(30)
    void answersCurl() throws Exception {
        assertThat(run("curl", "-s", url("/purchase_a_knife"))).isEqualTo("Knife Purchased!\n");
        assertThat(run("curl", "-s", "--http2", "-X", "GET", "-d", "a body", url("/")))
                .isEqualTo("This is the default response!\n");
        assertThat(run("curl", "-si", url("/none"))).startsWith("HTTP/1.1 404 Not Found\r\n");
        assertThat(collector.log.events()).hasSize(2);
    }

    @Test
    @Timeout(60)
    void answersCurlByTls(@TempDir Path folder) throws Exception {
        var files = new Settings.Tls(folder.resolve("cert.pem"), folder.resolve("key.pem"));
        TestCertificate.make(folder, "EC").writeTo(files);
        var where = Settings.Collector.at("127.0.0.1", LoopbackPort.anyFree()).with(files);
        try (var secure = Collector.start(where, () -> Catalog.BUILT_IN, collector.log, AccessLog.off())) {
            assertThat(secure).isNotNull();
            var url = "https://localhost:" + where.port() + "/purchase_a_sword";
            assertThat(run("curl", "-s", "--cacert", files.certificate().toString(), "--http2", url))
                    .isEqualTo("Sword Purchased!\n");
        }
        assertThat(collector.log.events()).hasSize(1);
    }

    @Test
    void answersJavasClient() throws Exception {
        var request =
                HttpRequest.newBuilder(URI.create(url("/purchase_a_sword"))).build();
        var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());

        assertThat(answer.body()).isEqualTo("Sword Purchased!\n");
        assertThat(answer.headers().firstValue("content-type")).contains("text/plain; charset=utf-8");
        assertThat(answer.headers().firstValue("questline-event-id"))
                .contains(collector.log.events().get(0).id());
    }

    private static String run(String... command) throws IOException, InterruptedException {
        if (!isInstalled(command[0])) {
            System.err.println("LEFT OUT: the check with " + command[0] + ", which is not installed");
            Assumptions.abort(command[0] + " is not installed");
        }
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var out = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return out;
    }

    private static boolean isInstalled(String tool) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    }
}
