package dev.questline.query.notebook;

import java.util.Optional;
import java.util.function.Supplier;

/** Shows how far a cell is, if that takes long enough to be wondered about. */
final class CellProgress implements AutoCloseable {
    private static final long MILLIS_BETWEEN_LOOKS = 250;
    private static final int LOOKS_BEFORE_SHOWN = 2;

    private final Supplier<Optional<String>> line;
    private final Screen screen;
    private final Thread watcher = new Thread(this::watch, "progress");

    CellProgress(Supplier<Optional<String>> line, Screen screen) {
        this.line = line;
        this.screen = screen;
        watcher.setDaemon(true);
    }

    void start() {
        watcher.start();
    }

    private void watch() {
        try {
            for (int seen = 0; ; ) {
                Thread.sleep(MILLIS_BETWEEN_LOOKS);
                var now = line.get();
                seen = now.isPresent() ? seen + 1 : seen;
                if (seen >= LOOKS_BEFORE_SHOWN) {
                    now.ifPresent(screen::progress);
                }
            }
        } catch (InterruptedException e) {
            // the cell's end
        }
    }

    @Override
    public void close() {
        watcher.interrupt();
        while (true) {
            try {
                watcher.join();
                break;
            } catch (InterruptedException e) {
                watcher.interrupt(); // The cell's interruption is told elsewhere.
            }
        }
        screen.clearProgress();
    }
}
