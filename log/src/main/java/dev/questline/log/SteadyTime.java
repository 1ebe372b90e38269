package dev.questline.log;

import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.utils.Time;

/** The wall clock's time as it was at first, from then on without its steps: for what has to wait for a time. */
final class SteadyTime implements Time {
    private final long offset = System.currentTimeMillis() - TimeUnit.NANOSECONDS.toMillis(System.nanoTime());

    @Override
    public long milliseconds() {
        return offset + TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    @Override
    public long nanoseconds() {
        return System.nanoTime();
    }

    @Override
    public void sleep(long millis) {
        SYSTEM.sleep(millis);
    }
}
