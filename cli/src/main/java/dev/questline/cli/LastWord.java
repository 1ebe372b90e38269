package dev.questline.cli;

import dev.questline.cli.stack.ShutdownHook;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets a command that Ctrl-C ends say what came of it so far: the process ends only when this is closed. */
final class LastWord implements AutoCloseable {
    /** Of the log it may take so long to read what a long run has written. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final CountDownLatch said = new CountDownLatch(1);
    private final Thread hook;

    /** {@code breakOff} makes the command come to its end; it is run in another thread. */
    LastWord(Runnable breakOff) {
        hook = new Thread(
                () -> {
                    breakOff.run();
                    await();
                },
                "last word");
        ShutdownHook.add(hook);
    }

    private void await() {
        try {
            said.await(LONGEST.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        said.countDown();
        ShutdownHook.remove(hook);
    }
}
