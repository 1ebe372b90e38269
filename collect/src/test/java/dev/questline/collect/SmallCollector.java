package dev.questline.collect;

import java.io.IOException;

/** A collector in a process of its own, with little memory: it ends with its input. */
public final class SmallCollector {
    private SmallCollector() {}

    /** Says its port. */
    public static void main(String[] args) throws IOException {
        try (var collector = new TestCollector()) {
            collector.log.keepsEvents = false;
            System.out.println(collector.port);
            while (System.in.read() >= 0) {
                // not yet
            }
        }
    }
}
