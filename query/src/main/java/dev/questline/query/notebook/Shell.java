package dev.questline.query.notebook;

import dev.questline.event.UserError;
import dev.questline.query.SqlOptions;
import dev.questline.query.Word;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jline.reader.Candidate;
import org.jline.reader.EOFError;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser.ParseContext;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** Cells from a terminal, a pipe or a file. */
final class Shell {
    /** A line that belongs to the one before it, though that could end there. */
    private static final Pattern GOES_ON = Pattern.compile("^\\s*(\\.|\\?|:|&&|\\|\\||(else|catch|finally)\\b)");

    private final SqlOptions options;
    private final Path folder;
    private final TextScreen screen = new TextScreen(System.out, System.err, isTerminal());
    private final Workbench workbench;

    Shell(SqlOptions options, Path folder) {
        this.options = options;
        this.folder = folder;
        this.workbench = new Workbench(options, folder, screen);
    }

    /** The exit code: of a script, whether all of it ran. */
    int run(Optional<Path> file) throws IOException {
        if (file.isPresent()) {
            return runAll(read(folder.resolve(file.get())));
        }
        return isTerminal() ? talk() : runPiped();
    }

    @SuppressWarnings("SystemConsoleNull") // by jdk.console it is, as before Java 22
    private static boolean isTerminal() {
        return System.console() != null;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw UserError.wrongUse(file + ": there is no such file");
        } catch (IOException e) {
            throw UserError.wrongUse("cannot read " + file + ": " + e.getMessage());
        }
    }

    /** Piece by piece as they are complete, each with its result; ends at the first that fails. */
    private int runAll(String script) throws IOException {
        return runLines(new BufferedReader(new java.io.StringReader(script)));
    }

    private int runPiped() throws IOException {
        return runLines(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
    }

    private int runLines(BufferedReader lines) throws IOException {
        var cell = new StringBuilder();
        var number = 0;
        for (var line = lines.readLine(); line != null; ) {
            cell.append(line).append('\n');
            number++;
            line = lines.readLine();
            var isWhole = line == null || !GOES_ON.matcher(line).find();
            if (isWhole && workbench.evaluator().isComplete(cell.toString())) {
                if (!runCell(cell.toString())) {
                    return UserError.FAILED;
                }
                cell.setLength(0);
                cell.append("\n".repeat(number)); // Lines in messages are those of the script.
            }
        }
        return cell.toString().isBlank() || runCell(cell.toString()) ? 0 : UserError.FAILED;
    }

    private boolean runCell(String cell) {
        try {
            var shown = workbench.run(cell, value -> screen.fitted(value));
            shown.ifPresent(screen::show);
            return true;
        } catch (CellFailure e) {
            System.out.flush();
            System.err.println(e.text());
            return false;
        }
    }

    private int talk() throws IOException {
        try (var terminal = TerminalBuilder.builder().system(true).build()) {
            screen.width(terminal.getWidth());
            terminal.writer()
                    .println(
                            "Java " + Runtime.version().feature() + " with Spark: spark, sql(\"…\"), table(\"…\"),"
                                    + " extract(\"…\"), describe(ds), show(ds, N). Tab completes, Ctrl-C stops a cell, Ctrl-D ends.");
            var reader = reader(terminal);
            while (true) {
                try {
                    var cell = reader.readLine("java> ");
                    runInterruptibly(cell, terminal);
                } catch (UserInterruptException e) {
                    // The line is dropped.
                } catch (EndOfFileException e) {
                    return 0;
                }
            }
        }
    }

    private void runInterruptibly(String cell, Terminal terminal) {
        screen.width(terminal.getWidth());
        var before = terminal.handle(Terminal.Signal.INT, signal -> workbench.interrupt());
        try {
            runCell(cell);
        } finally {
            terminal.handle(Terminal.Signal.INT, before);
        }
    }

    private LineReader reader(Terminal terminal) {
        var history = options.project().map(folder::resolve).orElse(folder).resolve(".questline/shell_history");
        return LineReaderBuilder.builder()
                .terminal(terminal)
                .parser(new Lines())
                .completer((reader, line, candidates) -> {
                    var text = line.line();
                    var found = workbench.complete(text, line.cursor());
                    var word = ((Word) line).start();
                    found.texts()
                            .forEach(continuation -> candidates.add(
                                    candidate(text.substring(word, Math.max(word, found.start())) + continuation)));
                })
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "   …> ")
                .variable(LineReader.HISTORY_FILE, history)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .build();
    }

    /** Nothing is put behind it: what follows is the author's. */
    private static Candidate candidate(String text) {
        return new Candidate(text, text, null, null, null, null, false);
    }

    /** Several lines are one cell until the cell is complete. */
    private final class Lines extends DefaultParser {
        @Override
        public ParsedLine parse(String line, int cursor, ParseContext context) {
            if (context == ParseContext.ACCEPT_LINE && !workbench.evaluator().isComplete(line)) {
                throw new EOFError(-1, cursor, "more");
            }
            return Word.at(line, cursor, Character::isJavaIdentifierPart);
        }
    }
}
