package dev.questline.query.notebook;

import dev.questline.event.UserError;
import dev.questline.query.OfferMatcher;
import dev.questline.query.SqlOptions;
import dev.questline.query.Word;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.EOFError;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser.ParseContext;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** Cells from a terminal, each run before the next is asked for. */
final class ShellPrompt {
    private final Terminal terminal;
    private final TextCells cells;
    private final LineReader reader;

    private ShellPrompt(Terminal terminal, SqlOptions options, Path folder) {
        this.terminal = terminal;
        this.cells = new TextCells(options, folder, true);
        this.reader = reader(options.project().map(folder::resolve).orElse(folder));
    }

    /** Talks until the user leaves. */
    static void run(SqlOptions options, Path folder) throws IOException {
        try (var terminal = TerminalBuilder.builder().system(true).build()) {
            // Also while Java and Spark start, and between a line and the next, Ctrl-C does not end the shell.
            terminal.handle(Terminal.Signal.INT, signal -> {});
            if (terminal.getSize().getColumns() == 0) {
                terminal.setSize(new Size(80, 24)); // Of a serial line, or of one made by a program, none is known.
            }
            terminal.writer()
                    .println("Java " + Runtime.version().feature() + " with Spark: spark, sql(\"…\"), table(\"…\"),"
                            + " extract(\"…\"), describe(ds), show(ds, N). Tab completes, Ctrl-C stops a cell,"
                            + " /exit or Ctrl-D leaves.");
            terminal.flush();
            var prompt = new ShellPrompt(terminal, options, folder);
            while (prompt.ask()) {
                terminal.flush();
            }
        }
    }

    /** False at the end. */
    private boolean ask() {
        Thread.interrupted(); // A Ctrl-C that came too late for what it was meant to end.
        try {
            var cell = reader.readLine("java> ");
            if (SlashCommand.isExit(cell)) {
                return false;
            }
            run(cell);
        } catch (UserInterruptException e) {
            return true; // The line is dropped.
        } catch (EndOfFileException e) {
            return false;
        } catch (UserError e) {
            System.err.println("questline: " + e.getMessage());
        }
        return true;
    }

    private void run(String cell) {
        Thread.interrupted();
        var before =
                terminal.handle(Terminal.Signal.INT, signal -> cells.workbench().interrupt());
        try {
            cells.run(cell, terminal.getWidth());
        } finally {
            terminal.handle(Terminal.Signal.INT, before);
        }
    }

    private LineReader reader(Path project) {
        return LineReaderBuilder.builder()
                .terminal(terminal)
                .parser(new Lines())
                .completer((reader, line, candidates) -> complete(line, candidates))
                .completionMatcher(new OfferMatcher())
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "   …> ")
                .variable(LineReader.HISTORY_FILE, project.resolve(".questline/shell_history"))
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .build();
    }

    private void complete(ParsedLine line, List<Candidate> candidates) {
        var text = line.line();
        var word = ((Word) line).start();
        var found = cells.workbench().complete(text, line.cursor());
        found.texts()
                .forEach(continuation ->
                        candidates.add(candidate(text.substring(word, Math.max(word, found.start())) + continuation)));
    }

    /** Nothing is put behind it: what follows is the author's. */
    private static Candidate candidate(String text) {
        return new Candidate(text, text, null, null, null, null, false);
    }

    /** Several lines are one cell until the cell is complete. */
    private final class Lines extends DefaultParser {
        @Override
        public ParsedLine parse(String line, int cursor, ParseContext context) {
            if (context == ParseContext.ACCEPT_LINE && !cells.isComplete(line)) {
                throw new EOFError(-1, cursor, "more");
            }
            return SqlCompletion.at(line, cursor)
                    .map(SqlCompletion::word)
                    .orElseGet(() -> Word.at(line, cursor, Character::isJavaIdentifierPart));
        }
    }
}
