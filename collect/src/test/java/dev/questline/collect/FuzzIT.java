package dev.questline.collect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fuzzes the raw HTTP surface for {@code -Dquestline.fuzz.seconds} with Jazzer, which is guided by the code that an input
 * reaches and starts from the table of hostile requests and the words of HTTP. Of a finding the output says the bytes.
 */
@Tag("durability")
class FuzzIT {
    private static final int SECONDS = Integer.getInteger("questline.fuzz.seconds", 15);

    /** What reads requests and what answers them; all else would but slow it down. */
    private static final String INSTRUMENTED = String.join(
            ":",
            "dev.questline.collect.Body",
            "dev.questline.collect.Connection",
            "dev.questline.collect.EndOfInput",
            "dev.questline.collect.Head",
            "dev.questline.collect.Re*",
            "dev.questline.event.RequestHeaders",
            "io.netty.handler.codec.http.HttpObjectDecoder*",
            "io.netty.handler.codec.http.HttpUtil",
            "io.vertx.core.http.impl.http1.Http1Server*");

    /** Jazzer's own detectors look for other faults than ours, one of them for connections to this very host. */
    private static final String DETECTORS_OFF = Stream.of(
                    "BigDecimal",
                    "ClojureLangHooks",
                    "Deserialization",
                    "ExpressionLanguageInjection",
                    "FilePathTraversal",
                    "LdapInjection",
                    "NamingContextLookup",
                    "OsCommandInjection",
                    "ReflectiveCall",
                    "RegexInjection",
                    "ScriptEngineInjection",
                    "ServerSideRequestForgery",
                    "SqlInjection",
                    "TemplateInjection",
                    "UnsafeSanitizer",
                    "XPathInjection",
                    "XmlParserSsrfGuidance")
            .map("com.code_intelligence.jazzer.sanitizers."::concat)
            .collect(Collectors.joining(":"));

    private static final List<String> WORDS = List.of(
            "GET",
            "HEAD",
            "OPTIONS",
            "CONNECT",
            "/",
            "/purchase_a_sword",
            "*",
            "http://h/",
            " HTTP/1.1\r\n",
            " HTTP/1.0\r\n",
            "\r\n",
            "\r\n\r\n",
            "\n",
            "\t",
            "\u0000",
            "\u00ff",
            ":",
            "Host: h\r\n",
            "Content-Length: 3\r\n",
            "Content-Length:",
            "Transfer-Encoding: chunked\r\n",
            "Transfer-Encoding:",
            "chunked",
            "1\r\na\r\n",
            "0\r\n\r\n",
            "7fffffff\r\n",
            ";a=\"b\"",
            "Expect: 100-continue\r\n",
            "Connection: close\r\n",
            "Connection: keep-alive\r\n",
            "Connection: Upgrade\r\n",
            "Upgrade: websocket\r\n",
            "Sec-WebSocket-Key1: a\r\n",
            "Sec-WebSocket-Key2: b\r\n",
            "Idempotency-Key: k\r\n",
            "ce-id: k\r\n",
            "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: h\r\n\r\n");

    @TempDir
    Path folder;

    @Test
    void noBytesMakeItFailHangOrLeak() throws Exception {
        Assumptions.assumeTrue(SECONDS > 0, "no time to fuzz");
        var output = folder.resolve("output");
        var process = new ProcessBuilder(command())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(SECONDS + 120L, TimeUnit.SECONDS))
                    .as("ends in time")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        var said = Files.readString(output, ISO_8859_1);
        assertThat(process.exitValue()).as(said).isZero();
        assertThat(said).doesNotContain(" ERROR ").contains("DONE");
        System.err.println(said.lines().filter(line -> line.contains("DONE")).collect(Collectors.joining()));
    }

    private List<String> command() throws IOException {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1", // most of what it does is starting
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + RawHttpFuzz.class.getName(),
                "--instrumentation_includes=" + INSTRUMENTED,
                "--custom_hook_includes=" + INSTRUMENTED,
                "--disabled_hooks=" + DETECTORS_OFF,
                "-max_total_time=" + SECONDS,
                "-max_len=4096",
                "-timeout=60",
                "-print_final_stats=1",
                "-dict=" + dictionary(),
                seeds().toString());
    }

    private Path seeds() throws IOException {
        var seeds = Files.createDirectory(folder.resolve("seeds"));
        int number = 0;
        for (var hostile : HostileRequests.all().toList()) {
            Files.writeString(seeds.resolve("seed" + number++), hostile.bytes(), ISO_8859_1);
        }
        return seeds;
    }

    /** In the form of libFuzzer, which Jazzer builds on. */
    private Path dictionary() throws IOException {
        return Files.writeString(
                folder.resolve("words"),
                Stream.concat(WORDS.stream(), Stream.of("\r\n "))
                        .map(FuzzIT::quoted)
                        .collect(Collectors.joining("\n", "", "\n")),
                UTF_8);
    }

    private static String quoted(String word) {
        return word.chars()
                .mapToObj(c -> String.format(Locale.ROOT, "\\x%02X", c))
                .collect(Collectors.joining("", "\"", "\""));
    }
}
