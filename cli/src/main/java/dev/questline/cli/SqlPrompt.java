package dev.questline.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.questline.cli.stack.Stack;
import dev.questline.event.Project;
import dev.questline.event.UserError;
import dev.questline.query.CatalogNames;
import dev.questline.query.Endpoint;
import dev.questline.query.OfferMatcher;
import dev.questline.query.QueryClient;
import dev.questline.query.SqlOffers;
import dev.questline.query.SqlOptions;
import dev.questline.query.Word;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
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
import org.jspecify.annotations.Nullable;

/** Statements from a terminal, each answered before the next is asked for, in one session. */
final class SqlPrompt {
    private static final String PROMPT = "sql> ";
    private static final String MORE = "  -> ";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Project project;
    private final Caller caller;
    private final List<String> line;
    private final PromptSpark spark;
    private final String session = UUID.randomUUID().toString();
    private final CatalogNames names = new CatalogNames(this::namesFor);
    private final SqlOptions.Output given;
    private SqlOptions.Output output;
    private boolean isTiming;
    private @Nullable Endpoint before;

    /** @param line the command line of a statement, but for the statement */
    SqlPrompt(Project project, Caller caller, SqlOptions options, List<String> line) {
        this.project = project;
        this.caller = caller;
        this.line = List.copyOf(line);
        this.given = options.output();
        this.output = given;
        this.spark = new PromptSpark(project, caller, options.master());
    }

    int run() throws Exception {
        try (var terminal = TerminalBuilder.builder().system(true).build();
                spark) {
            // Between a line and its answer, too, Ctrl-C ends neither the prompt nor what it waits for next.
            terminal.handle(Terminal.Signal.INT, signal -> {});
            spark.begin();
            if (terminal.getSize().getColumns() == 0) {
                terminal.setSize(new Size(80, 24)); // Of a serial line, or of one made by a program, none is known.
            }
            terminal.writer().println("SQL over the log and its tables. \\d lists them, \\? helps, \\q leaves.");
            var reader = reader(terminal);
            while (ask(reader, terminal)) {
                terminal.flush();
            }
            Thread.interrupted();
        }
        return 0;
    }

    /** False at the end. */
    private boolean ask(LineReader reader, Terminal terminal) throws Exception {
        Thread.interrupted(); // A Ctrl-C that came too late for what it was meant to end.
        try {
            return answer(reader.readLine(PROMPT), terminal);
        } catch (UserInterruptException e) {
            return true; // The line is dropped.
        } catch (EndOfFileException e) {
            return false;
        } catch (UserError e) {
            caller.err().println("questline: " + e.getMessage());
            return true;
        }
    }

    private boolean answer(String text, Terminal terminal) throws Exception {
        if (!PromptCommand.isOne(text)) {
            if (!text.replace(";", "").isBlank() && !StatementText.isNothing(text)) {
                run(text, terminal);
            }
            return true;
        }
        var command = PromptCommand.of(text);
        switch (command) {
            case QUIT -> {
                return false;
            }
            case HELP -> terminal.writer().print(PromptCommand.help());
            case TIMING -> {
                isTiming = PromptCommand.argument(text).map("on"::equals).orElse(!isTiming);
                terminal.writer().println("timing is " + (isTiming ? "on" : "off"));
            }
            case VERTICAL -> {
                output = switched();
                terminal.writer()
                        .println("a line for each value is "
                                + (output == SqlOptions.Output.VERTICAL ? "on" : "off, output is " + output));
            }
            default -> run(command.statement(text).orElseThrow(), terminal);
        }
        return true;
    }

    /** To a line for each value, or back to what the prompt was started with. */
    private SqlOptions.Output switched() {
        if (output != SqlOptions.Output.VERTICAL) {
            return SqlOptions.Output.VERTICAL;
        }
        return given == SqlOptions.Output.VERTICAL ? SqlOptions.Output.TABLE : given;
    }

    private void run(String statement, Terminal terminal) throws Exception {
        terminal.flush();
        var asking = new AtomicReference<@Nullable QueryClient>();
        var waiting = Thread.currentThread();
        var handler = terminal.handle(Terminal.Signal.INT, signal -> breakOff(asking.get(), waiting));
        try {
            var client = client();
            asking.set(client);
            show(client, statement, terminal);
        } catch (InterruptedException e) {
            throw UserError.failed("cancelled", e);
        } finally {
            terminal.handle(Terminal.Signal.INT, handler);
            names.forget();
        }
    }

    private static void breakOff(@Nullable QueryClient asking, Thread waiting) {
        if (asking == null) {
            waiting.interrupt(); // It waits for Spark to start.
        } else {
            System.err.println(); // The progress stays above.
            asking.cancel();
        }
    }

    private QueryClient client() throws IOException, InterruptedException {
        var endpoint = spark.endpoint();
        if (before != null && !before.equals(endpoint)) {
            caller.err().println("questline: Spark was started again: the session's views are gone");
        }
        before = endpoint;
        return new QueryClient(endpoint, Stack.logFile(project, "spark"), session);
    }

    private void show(QueryClient client, String statement, Terminal terminal) throws IOException {
        var size = terminal.getSize();
        var screen = new FileOutputStream(FileDescriptor.out);
        var begun = System.nanoTime();
        long took;
        var pager = new Pager(screen, Math.max(2, size.getRows()), caller.environment());
        try (var err = new PrintStream(pager.beside(caller.err()), true, StandardCharsets.UTF_8);
                var out = new PrintStream(pager, false, StandardCharsets.UTF_8)) {
            client.run(commandLine(statement, output), caller.folder(), size.getColumns(), true, out, err);
            took = System.nanoTime() - begun; // Without what is read in the pager.
        }
        if (isTiming) {
            caller.err().printf("time: %.3f s%n", took / 1e9);
        }
    }

    private List<String> commandLine(String statement, SqlOptions.Output format) {
        var all = new ArrayList<>(line);
        all.addAll(List.of("--output", format.toString(), "--", statement));
        return all;
    }

    /** Of a Spark that is not there yet there are none. */
    private List<String> namesFor(String statement) {
        var endpoint = spark.known().orElseThrow(() -> UserError.failed("Spark is still starting"));
        var out = new ByteArrayOutputStream();
        var client = new QueryClient(endpoint, Stack.logFile(project, "spark"), session);
        var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        var exitCode = client.run(
                commandLine(statement, SqlOptions.Output.JSON),
                caller.folder(),
                0,
                false,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                nowhere);
        if (exitCode != 0) {
            throw UserError.failed("no names: " + statement);
        }
        return out.toString(StandardCharsets.UTF_8)
                .lines()
                .map(SqlPrompt::firstValue)
                .toList();
    }

    private static String firstValue(String line) {
        try {
            return JSON.readTree(line).elements().next().asText();
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private LineReader reader(Terminal terminal) throws IOException {
        var history = Files.createDirectories(project.data()).resolve("sql_history");
        return LineReaderBuilder.builder()
                .terminal(terminal)
                .parser(new Lines())
                .completer(new SqlCompleter(new SqlOffers(names)))
                .completionMatcher(new OfferMatcher())
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, MORE)
                .variable(LineReader.HISTORY_FILE, history)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .build();
    }

    /** Several lines are one statement until its semicolon. */
    private static final class Lines extends DefaultParser {
        @Override
        public ParsedLine parse(String line, int cursor, ParseContext context) {
            var isWhole = StatementText.isNothing(line) || PromptCommand.isOne(line) || StatementText.isComplete(line);
            if (context == ParseContext.ACCEPT_LINE && !isWhole) {
                throw new EOFError(-1, cursor, "more");
            }
            return Word.at(line, cursor, Lines::isPart);
        }

        private static boolean isPart(int c) {
            return Character.isJavaIdentifierPart(c) || c == '`' || c == '-' || c == '\\' || c == '?';
        }
    }
}
