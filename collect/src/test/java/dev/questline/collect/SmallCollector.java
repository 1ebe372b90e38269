package dev.questline.collect;

import java.io.IOException;
import java.util.List;

/** A collector in a process of its own, with little memory: it ends with its input. */
public final class SmallCollector {
    private SmallCollector() {}

    /** Says its port; its log takes nothing if told {@code stalled}. */
    public static void main(String[] args) throws IOException {
        try (var collector = new TestCollector()) {
            collector.log.keepsEvents = false;
            collector.log.holdsBack = List.of(args).contains("stalled");
            System.out.println(collector.port);
            while (System.in.read() >= 0) {
                // not yet
            }
        }
    }
}
