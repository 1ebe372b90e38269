package dev.questline.query.notebook;

import java.io.PrintStream;
import org.apache.spark.sql.Dataset;

/** Cells' output as text: results on one stream, all else on another. */
final class TextScreen implements Screen {
    private final PrintStream out;
    private final PrintStream err;
    private final boolean showsProgress;
    private int progressLength;
    private volatile int width;

    TextScreen(PrintStream out, PrintStream err, boolean showsProgress) {
        this.out = out;
        this.err = err;
        this.showsProgress = showsProgress;
    }

    void width(int columns) {
        width = columns;
    }

    /** A table is cut to the terminal. */
    Shown fitted(Object value) {
        return value instanceof Dataset<?> rows ? Shown.of(rows, width) : Shown.of(value);
    }

    @Override
    public synchronized void show(Shown value) {
        clearProgress();
        out.print(value.text().endsWith("\n") ? value.text() : value.text() + "\n");
        out.flush();
    }

    @Override
    public synchronized void progress(String line) {
        if (showsProgress) {
            err.print("\r" + line + " ".repeat(Math.max(0, progressLength - line.length())));
            err.flush();
            progressLength = Math.max(progressLength, line.length());
        }
    }

    @Override
    public synchronized void clearProgress() {
        if (progressLength > 0) {
            err.print("\r" + " ".repeat(progressLength) + "\r");
            err.flush();
            progressLength = 0;
        }
    }

    @Override
    public synchronized void note(String line) {
        clearProgress();
        err.println(line);
    }
}
