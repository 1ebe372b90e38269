package dev.questline.collect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Whatever becomes of a request, its secrets come to stand in no event and no log file, and in no answer. */
class SecretsTest {
    private static final String SECRET = "s3cr3t";
    private static final int ROUNDS = 300;

    private static final List<String> NAMES = List.of(
            "Authorization",
            "Proxy-Authorization",
            "Cookie",
            "Cookie2",
            "X-Api-Key",
            "apikey",
            "api_key",
            "X-Auth-Token",
            "X-Csrf-Token",
            "X-Amz-Security-Token",
            "X-Client-Secret",
            "X-Password",
            "X-Hub-Signature",
            "Cf-Access-Jwt-Assertion",
            "DPoP",
            "ce-secret");

    /** How the request goes on after the line with its secret: well, or in one of the ways to be refused. */
    private static final List<String> ENDS = List.of(
            "\r\n",
            "\r\n",
            "Content-Length: 6\r\n\r\n" + SECRET,
            "Content-Length: 99999999\r\n\r\n" + SECRET,
            "Content-Length: " + SECRET + "\r\n\r\n",
            "Transfer-Encoding: chunked\r\n\r\n6;x=" + SECRET + "\r\n" + SECRET + "\r\n0\r\nCookie: " + SECRET
                    + "\r\n\r\n",
            "Transfer-Encoding: chunked\r\n\r\n" + SECRET + "\r\n",
            "Transfer-Encoding: " + SECRET + "\r\n\r\n",
            "Expect: 100-continue\r\nContent-Length: 6\r\n\r\n" + SECRET,
            "no colon " + SECRET + "\r\n\r\n",
            "Host: " + SECRET + "\r\n\r\n",
            "Cookie: " + SECRET + "\r\n \t" + SECRET + "\r\n\r\n",
            "X: " + "y".repeat(40_000) + "\r\n\r\n",
            "");

    private static final List<String> TARGETS =
            List.of("/", "/?token=" + SECRET, "/none?" + SECRET, "http://user:" + SECRET + "@h/", "ftp://" + SECRET);

    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final ByteArrayOutputStream accessLines = new ByteArrayOutputStream();
    private final Logger root = (Logger) LoggerFactory.getLogger("dev.questline");

    @BeforeEach
    void listen() {
        logged.list = new CopyOnWriteArrayList<>();
        logged.start();
        root.setLevel(Level.TRACE);
        root.setAdditive(false);
        root.addAppender(logged);
    }

    @AfterEach
    void listenNoMore() {
        root.detachAppender(logged);
        root.setLevel(null);
        root.setAdditive(true);
    }

    @Test
    void standNowhere() throws IOException {
        var seed = System.nanoTime();
        var random = new Random(seed);
        var accessLog = AccessLog.to(accessLines);
        var answers = new StringBuilder();
        try (var collector = new TestCollector(TestCollector.limits(100, Duration.ofSeconds(5)), accessLog)) {
            for (int i = 0; i < ROUNDS; i++) {
                collector.log.thrown = random.nextInt(10) == 0 ? new IllegalStateException("on purpose") : null;
                try (var client = collector.client().send(request(random)).endInput()) {
                    client.answers().forEach(answers::append);
                }
            }
            assertThat(collector.log.values()).isNotEmpty();
            assertThat(String.join("\n", collector.log.values()))
                    .as("events, seed %d", seed)
                    .doesNotContain(SECRET);
        }
        accessLog.close();
        assertThat(accessLines.toString(ISO_8859_1))
                .as("access log, seed %d", seed)
                .isNotEmpty()
                .doesNotContain(SECRET);
        assertThat(programLog()).as("program log, seed %d", seed).isNotEmpty().doesNotContain(SECRET);
        assertThat(answers.toString())
                .as("answers, seed %d", seed)
                .contains("200")
                .doesNotContain(SECRET);
    }

    private static String request(Random random) {
        var name = oneOf(NAMES, random);
        return switch (random.nextInt(3)) {
            case 0 -> request(random, name);
            case 1 -> request(random, name.toLowerCase(Locale.ROOT));
            default -> request(random, name.toUpperCase(Locale.ROOT));
        };
    }

    private static String request(Random random, String name) {
        return "GET " + oneOf(TARGETS, random) + " HTTP/1.1\r\nHost: h\r\n" + name + ": Bearer " + SECRET + "\r\n"
                + oneOf(ENDS, random);
    }

    private static String oneOf(List<String> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }

    private String programLog() {
        return logged.list.stream()
                .map(event -> event.getFormattedMessage() + ThrowableProxyUtil.asString(event.getThrowableProxy()))
                .collect(Collectors.joining("\n"));
    }
}
