package dev.questline.collect;

import static java.util.stream.Collectors.joining;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Requests that no honest client sends, and what becomes of each. Seeds of the fuzzing, too. */
final class HostileRequests {
    private static final String LINE = "GET / HTTP/1.1\r\n";
    private static final String CHUNKED = LINE + "Host: h\r\nTransfer-Encoding: chunked\r\n\r\n";

    private HostileRequests() {}

    record Case(String what, String bytes, int status) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Case> all() {
        return Stream.concat(endTheConnection(), goOn());
    }

    static Stream<Case> endTheConnection() {
        return Stream.of(lengths(), encodings(), chunks(), headers(), requestLines(), otherProtocols())
                .flatMap(cases -> cases);
    }

    private static Stream<Case> lengths() {
        return Stream.of("many", "", "-2", "+2", "0x2", "2, 2", "2 2", "99999999999999999999999")
                .map(length -> with("Content-Length: " + length, 400));
    }

    private static Stream<Case> encodings() {
        return Stream.of(
                new Case(
                        "length and chunks",
                        LINE + "Host: h\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                        400),
                new Case(
                        "chunks and length",
                        LINE + "Host: h\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
                        400),
                new Case("equal lengths", LINE + "Host: h\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nab", 400),
                new Case("two lengths", LINE + "Host: h\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nabc", 400),
                new Case("chunks in 1.0", "GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
                with("Transfer-Encoding: gzip, chunked", 400),
                with("Transfer-Encoding: chunked, gzip", 400),
                with("Transfer-Encoding: chunked, chunked", 400),
                with("Transfer-Encoding: identity", 400),
                with("Transfer-Encoding: xchunked", 400),
                with("Transfer-Encoding: \u000bchunked", 400),
                with("Transfer-Encoding : chunked", 400),
                with("Sec-WebSocket-Key1: a\r\nSec-WebSocket-Key2: b", 400),
                with("Content-Length: 1048577", 413),
                with("Expect: 100-continue\r\nContent-Length: 1048577", 413),
                new Case(
                        "a body that is too large and sent",
                        LINE + "Host: h\r\nContent-Length: 1048577\r\n\r\n" + "x".repeat(1_048_577),
                        413));
    }

    private static Stream<Case> chunks() {
        return Stream.of(
                        "zz\r\nab\r\n0\r\n\r\n",
                        "-1\r\nab\r\n0\r\n\r\n",
                        "0x1\r\na\r\n0\r\n\r\n",
                        "\r\n\r\n",
                        "ffffffffff\r\nab\r\n0\r\n\r\n",
                        "80000000\r\nab\r\n0\r\n\r\n",
                        "7fffffff\r\nab\r\n0\r\n\r\n",
                        "1\na\n0\n\n",
                        "1\r\nabc\r\n0\r\n\r\n",
                        "1;a=" + "b".repeat(9_000) + "\r\na\r\n0\r\n\r\n",
                        "0\r\nX: " + "y".repeat(40_000) + "\r\n\r\n",
                        "0\r\nno colon\r\n\r\n")
                .map(body -> new Case("chunks " + start(body), CHUNKED + body, 400));
    }

    private static Stream<Case> headers() {
        return Stream.of(
                with("X-A : space before the colon", 400),
                with("no colon", 400),
                with(": no name", 400),
                with("X Y: z", 400),
                with("X\u0000: NUL", 400),
                with("X: NUL\u0000", 400),
                with("X: \u0001", 400),
                with("X: \u007f", 400),
                with("X: a\rb", 400),
                with("\u00c3\u00bc: not ASCII", 400),
                with("Host: again", 400),
                new Case("no host", LINE + "\r\n", 400),
                new Case("bare line feeds", "GET / HTTP/1.1\nHost: h\n\n", 400),
                new Case("a bare line feed", LINE + "Host: h\nX: y\r\n\r\n", 400),
                new Case("a folded first header", LINE + " Host: h\r\n\r\n", 400),
                with("X: " + "y".repeat(33_000), 431),
                with("x".repeat(33_000) + ": y", 431),
                with(manyHeaders(1_000), 431),
                with("A: aaaaaaaa\r\n".repeat(999) + "A: a", 431),
                with(manyHeaders(200), 431));
    }

    private static Stream<Case> requestLines() {
        return Stream.of(
                new Case("a long line", "GET /" + "x".repeat(9_000) + " HTTP/1.1\r\nHost: h\r\n\r\n", 414),
                line("GET h:80 HTTP/1.1"),
                line("CONNECT h:80 HTTP/1.1"),
                line("GET ftp://h/ HTTP/1.1"),
                line("GET ?x HTTP/1.1"),
                new Case("NUL before", "\u0000" + LINE + "Host: h\r\n\r\n", 400),
                line("GET /a b HTTP/1.1"),
                line("GET /\u0000 HTTP/1.1"),
                line("GET / HTTP/1.1 x"),
                line("G@T / HTTP/1.1"),
                line("GET /"),
                line("GET"),
                line("GET / HTTP/0.9"),
                line("GET / HTTP/1.2"),
                line("GET / HTTP/2.0"),
                line("GET / HTTP/01.1"),
                line("GET / http/1.1"),
                line("GET / EVIL/6.6"));
    }

    private static Stream<Case> otherProtocols() {
        return Stream.of(
                new Case("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0", 400),
                new Case("TLS", "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003" + "r\n".repeat(99), 400),
                new Case("SSH", "SSH-2.0-OpenSSH_9.2\r\n", 400),
                new Case("SMTP", "EHLO h\r\n", 400));
    }

    static Stream<Case> goOn() {
        return Stream.concat(
                Stream.of(
                        with("X-A: folded\r\n line", 200),
                        with("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13", 200),
                        with("Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAM", 200),
                        with("Expect: the unexpected", 200),
                        with("Content-Length: 0", 200),
                        with("Connection: Host, Content-Length", 200),
                        with(manyHeaders(199), 200),
                        with("X: " + "y".repeat(32_000), 200),
                        with("X: \u00ff\u00fe", 200),
                        with("Idempotency-Key: a b~", 200),
                        with("Idempotency-Key: \u00c3\u00a9", 400),
                        with("ce-id: \u00ff", 400),
                        with("ce-id: " + "x".repeat(201), 400),
                        new Case("CR for blanks", "GET\r/\rHTTP/1.1\r\nHost: h\r\n\r\n", 200),
                        new Case("VT for blanks", "GET\u000b/\u000bHTTP/1.1\r\nHost: h\r\n\r\n", 200),
                        new Case("blanks before", " \t" + LINE + "Host: h\r\n\r\n", 200),
                        new Case("bare line feeds before", "\n\n" + LINE + "Host: h\r\n\r\n", 200),
                        new Case("a body", LINE + "Host: h\r\nContent-Length: 3\r\n\r\nabc", 200),
                        new Case("chunks", CHUNKED + "1;a=\"b;c\"\r\na\r\n0\r\nX-T: y\r\n\r\n", 200),
                        new Case("empty lines before", "\r\n\r\n\r\n" + LINE + "Host: h\r\n\r\n", 200),
                        new Case("much blank", "GET \t / \t HTTP/1.1\r\nHost: \t h \t\r\n\r\n", 200),
                        host("5,000 characters", "h".repeat(5_000)),
                        host("a port too high", "h:99999"),
                        host("a user", "user:password@h"),
                        host("blanks", "!! no host ??"),
                        host("nothing", ""),
                        target("http://h/", 200),
                        target("HTTP://other", 200),
                        target("http://h?x", 200),
                        target("http://h?x=/no_route", 200),
                        target("http://h?x=\u0085/no_route", 200),
                        target("https://h#/no_route", 200),
                        target("/?a=b&%zz#c", 200)),
                Stream.concat(unknownPaths(), methods()));
    }

    private static Stream<Case> unknownPaths() {
        return Stream.of(
                        "*",
                        "//",
                        "/./",
                        "/%2e",
                        "/../",
                        "/a/..",
                        "/%00",
                        "/%zz",
                        "/#f",
                        "/%70urchase_a_sword",
                        "/\u00fc")
                .map(target -> target(target, 404));
    }

    private static Stream<Case> methods() {
        return Stream.of("TRACE", "OPTIONS", "POST", "get", "G".repeat(7_000))
                .map(method -> new Case("method " + start(method), method + " / HTTP/1.1\r\nHost: h\r\n\r\n", 405));
    }

    private static Case with(String header, int status) {
        return new Case(start(header), LINE + "Host: h\r\n" + header + "\r\n\r\n", status);
    }

    private static Case line(String line) {
        return new Case(line, line + "\r\nHost: h\r\n\r\n", 400);
    }

    private static Case host(String what, String host) {
        return new Case("a host of " + what, LINE + "Host: " + host + "\r\n\r\n", 200);
    }

    private static Case target(String target, int status) {
        return new Case("target " + target, "GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n", status);
    }

    private static String manyHeaders(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "X-%03d: aaaa".formatted(i))
                .collect(joining("\r\n"));
    }

    private static String start(String text) {
        return text.substring(0, Math.min(40, text.length())).replaceAll("[^ -~]", "?");
    }
}
