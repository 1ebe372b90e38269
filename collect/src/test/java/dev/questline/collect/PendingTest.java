package dev.questline.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PendingTest {
    /** Behind one event that hangs, those that are settled wait in the queue of deadlines for their turn to be dropped. */
    @Test
    void whatIsSettledHoldsItsRequestNoLonger() throws Exception {
        try (var collector = new TestCollector(TestCollector.limits(100_000, Duration.ofMinutes(1)), AccessLog.off())) {
            collector.log.keepsEvents = false;
            collector.log.holdsBack = true;
            try (var hanging = collector.client().send(request(1));
                    var client = collector.client()) {
                Await.until("one hangs", () -> collector.log.waiting() == 1);
                collector.log.holdsBack = false;
                long before = live();
                for (int i = 0; i < 3_000; i++) {
                    assertThat(client.send(request(8_000)).answer().status()).isEqualTo(200);
                }
                assertThat(live() - before)
                        .as("bytes left by 3,000 events of 8 KB")
                        .isLessThan(8 << 20);
                collector.log.acknowledge();
                assertThat(hanging.answer().status()).isEqualTo(200);
            }
        }
    }

    private static String request(int length) {
        return "GET / HTTP/1.1\r\nHost: h\r\nX: " + "y".repeat(length) + "\r\n\r\n";
    }

    private static long live() {
        System.gc();
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
