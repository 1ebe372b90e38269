package dev.questline.cli.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SummaryTest {
    private static final String ANSWER =
            "HTTP/1.0 200 OK\r\nServer: questline\r\nContent-Length: 17\r\n\r\nSword Purchased!\n";

    private static LoadPlan plan(boolean keepAlive, byte[] body) {
        return new LoadPlan(
                URI.create("http://127.0.0.1:5000/purchase_a_sword?x=1"),
                body.length == 0 ? "GET" : "POST",
                List.of(Map.entry("host", "user1.comcast.com"), Map.entry("X-More", "1")),
                body,
                10,
                2,
                keepAlive,
                OptionalDouble.empty(),
                Optional.empty(),
                Duration.ofSeconds(30),
                0,
                1,
                Optional.of("r1"),
                false);
    }

    /** Ten answers, the n-th after n × 10 ms, of which 1 ms to connect and half of the rest to the first byte. */
    private static Tally tally(String answer) {
        var tally = new Tally();
        for (int n = 1; n <= 10; n++) {
            var reader = new AnswerReader("GET");
            reader.add(answer.getBytes(US_ASCII), 0, answer.length());
            var millis = TimeUnit.MILLISECONDS.toNanos(1);
            var processing = 10 * n * millis - millis;
            tally.sent++;
            tally.took(millis, processing / 2, processing, 10 * n * millis);
            tally.answered(n, reader);
        }
        return tally;
    }

    private static LoadResult result(LoadPlan plan, Tally tally) {
        return new LoadResult(plan, tally, 0.25, 17, Optional.empty(), Optional.empty());
    }

    @Test
    void isApacheBenchsLineByLine() {
        var summary = Summary.of(result(plan(false, new byte[0]), tally(ANSWER)));

        assertThat(summary).isEqualTo("""
                        Server Software:        questline
                        Server Hostname:        127.0.0.1
                        Server Port:            5000

                        Document Path:          /purchase_a_sword?x=1
                        Document Length:        17 bytes

                        Concurrency Level:      2
                        Time taken for tests:   0.250 seconds
                        Complete requests:      10
                        Failed requests:        0
                        Total transferred:      750 bytes
                        HTML transferred:       170 bytes
                        Requests per second:    40.00 [#/sec] (mean)
                        Time per request:       50.000 [ms] (mean)
                        Time per request:       25.000 [ms] (mean, across all concurrent requests)
                        Transfer rate:          2.93 [Kbytes/sec] received

                        Connection Times (ms)
                                      min  mean[+/-sd] median   max
                        Connect:        1    1   0.0      1       1
                        Processing:     9   54  28.7     49      99
                        Waiting:        5   27  14.4     25      50
                        Total:         10   55  28.7     50     100

                        Percentage of the requests served within a certain time (ms)
                          50%     50
                          66%     70
                          75%     80
                          80%     80
                          90%     90
                          95%    100
                          98%    100
                          99%    100
                         100%    100 (longest request)

                        Latency in fractions of a millisecond (ms)
                          p50        50.015
                          p75        80.063
                          p90        90.047
                          p99       100.031
                          p99.9     100.031
                          max       100.031
                        """);
    }

    @Test
    void namesFailuresNon2xxAndKeptConnections() {
        var tally = tally(ANSWER.replace("200 OK", "503 No"));
        tally.connectErrors = 1;
        tally.receiveErrors = 2;
        tally.lengthErrors = 3;
        tally.timeouts = 4;
        tally.keptAlive = 9;

        assertThat(Summary.of(result(plan(true, new byte[0]), tally))).contains("""
                        Failed requests:        10
                           (Connect: 1, Receive: 2, Length: 3, Exceptions: 4)
                        Non-2xx responses:      10
                        Keep-Alive requests:    9
                        """);
        assertThat(tally.acknowledged.size()).isZero();
    }

    @Test
    void namesWhatABodyCost() {
        var tally = tally(ANSWER);
        tally.bytesSent = 2048;
        assertThat(Summary.of(result(plan(false, new byte[100]), tally)))
                .contains("Total body sent:        2048\nHTML transferred:       170 bytes\n")
                .contains("                        8.00 kb/s sent\n                        10.93 kb/s total\n");
    }

    @Test
    void tellsNoTimesWithoutAnAnswer() {
        assertThat(Summary.of(result(plan(false, new byte[0]), new Tally())))
                .endsWith("HTML transferred:       0 bytes\n");
    }

    @Test
    void findsTheLostAndTheDuplicated() {
        var result = result(plan(false, new byte[0]), tally(ANSWER)); // acknowledged are 1 to 10
        var check = LogCheck.of(result, "r1", ids -> {
            List.of("load-r1-1", "load-r1-2", "load-r1-2", "load-r1-2", "load-r1-3", "load-r1-11", "load-r2-4", "x")
                    .forEach(ids);
        });
        assertThat(check).isEqualTo(new LogCheck(10, 10, 4, 7, 2));
        assertThat(check.isClean()).isFalse();
        assertThat(check.lines()).isEqualTo("""
                        Sent:                   10
                        Acknowledged:           10
                        Found in log:           4
                        Lost:                   7
                        Duplicated:             2
                        """);
    }

    @Test
    void sendsWhatApacheBenchSends() {
        var buffer = new RequestBytes(plan(true, "hello".getBytes(US_ASCII))).buffer();
        for (long number : new long[] {7, 0, 10, 99, 123_456, 8, 5_000_000_000L}) {
            assertThat(US_ASCII.decode(buffer.request(number)).toString())
                    .isEqualTo("POST /purchase_a_sword?x=1 HTTP/1.0\r\nConnection: Keep-Alive\r\n"
                            + "Host: user1.comcast.com\r\nUser-Agent: questline-load\r\nAccept: */*\r\n"
                            + "Content-Length: 5\r\nX-More: 1\r\nIdempotency-Key: load-r1-" + number
                            + "\r\n\r\nhello");
        }
    }
}
