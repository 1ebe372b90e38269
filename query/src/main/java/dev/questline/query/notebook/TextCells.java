package dev.questline.query.notebook;

import dev.questline.query.SqlOptions;
import java.nio.file.Path;

/** Cells whose results go to standard output as text. */
final class TextCells {
    private final TextScreen screen;
    private final Workbench workbench;

    TextCells(SqlOptions options, Path folder, boolean showsProgress) {
        screen = new TextScreen(System.out, System.err, showsProgress);
        workbench = new Workbench(options, folder, screen);
    }

    Workbench workbench() {
        return workbench;
    }

    /** Whether a text is a cell as it is, and need not be continued. */
    boolean isComplete(String text) {
        return text.isBlank()
                || SlashCommand.isOne(text)
                || workbench.evaluator().isComplete(text);
    }

    /** Runs a cell and shows its value, or what is wrong with it; false if it fails. */
    boolean run(String cell) {
        try {
            var shown = workbench.run(cell, screen::fitted);
            shown.ifPresent(screen::show);
            return true;
        } catch (CellFailure e) {
            System.out.flush();
            System.err.println(e.text());
            return false;
        }
    }

    /** The same, with tables that fit into so many columns. */
    void run(String cell, int width) {
        screen.width(width);
        run(cell);
    }
}
