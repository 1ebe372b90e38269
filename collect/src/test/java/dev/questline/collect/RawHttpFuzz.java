package dev.questline.collect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What {@link FuzzIT} runs in a process of its own: any bytes at all on a connection, and what must hold then. */
public final class RawHttpFuzz {
    private static final Set<Integer> STATED = Set.of(100, 200, 400, 404, 405, 413, 414, 431);
    private static final int INPUTS_PER_HONEST_REQUEST = 50;
    private static final TestCollector COLLECTOR = new TestCollector(
            new Limits(
                    1_000,
                    16L << 20,
                    16L << 20,
                    Duration.ofSeconds(30),
                    1 << 20,
                    Duration.ofSeconds(3),
                    Duration.ofMillis(1),
                    Duration.ofMillis(1),
                    ConnectionLimits.STANDARD,
                    ConnectionLimits.MANAGEMENT),
            AccessLog.off());
    /** Of a connection that the server had closed already nothing can be said; there must not be many such. */
    private static final int MOST_PERCENT_RESET = 10;

    private static final int INPUTS_THAT_TELL = 200;
    private static int inputs;
    private static int resets;

    private RawHttpFuzz() {}

    /** Called by the fuzzer for each input. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        COLLECTOR.log.forget();
        check(new String(input, ISO_8859_1));
        Await.until("nothing is in flight", () -> COLLECTOR.inFlight() == 0);
        Await.until("the connection is closed", () -> COLLECTOR.connections() == 0);
        if (inputs++ % INPUTS_PER_HONEST_REQUEST == 0) {
            require(COLLECTOR.answer().status() == 200, "an honest request is answered");
        }
    }

    private static void check(String input) throws IOException {
        var client = COLLECTOR.client();
        try {
            var answers = client.send(input).endInput().answers();
            require(answers.stream().allMatch(answer -> STATED.contains(answer.status())), "stated: " + answers);
            require(logged() == acknowledged(answers), logged() + " events are logged for " + answers);
        } catch (SocketException reset) {
            resets++;
            require(
                    inputs < INPUTS_THAT_TELL || resets * 100L <= (long) inputs * MOST_PERCENT_RESET,
                    "few are reset: " + resets + " of " + inputs);
        } finally {
            client.reset(); // leaves no port waiting
        }
    }

    private static long acknowledged(List<RawClient.Answer> answers) {
        return answers.stream().filter(answer -> answer.status() == 200).count();
    }

    private static long logged() {
        return COLLECTOR.log.events().size();
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError("not so: " + what);
        }
    }
}
