package dev.questline.log;

import java.util.concurrent.TimeUnit;

/** Notices that the clock was set back. */
final class WallClock {
    private static final long STEP_MILLIS = 1_000;

    private long lead = lead();

    /** Whether it was since this was last asked. */
    boolean wasSetBack() {
        long before = lead;
        lead = lead();
        return lead < before - STEP_MILLIS;
    }

    /** What it is ahead of the time that has no steps. */
    private static long lead() {
        return System.currentTimeMillis() - TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
