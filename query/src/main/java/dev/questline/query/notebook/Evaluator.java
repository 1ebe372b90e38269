package dev.questline.query.notebook;

import dev.questline.event.UserError;
import dev.questline.query.Workspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.UnresolvedReferenceException;
import jdk.jshell.execution.LocalExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import org.apache.spark.SparkException;
import org.jspecify.annotations.Nullable;

/** Cells of Java, one after the other; what one declares the next ones know. */
final class Evaluator implements AutoCloseable {
    private static final List<String> IMPORTS = Stream.of(
                    "java.util.*",
                    "java.util.function.*",
                    "java.util.stream.*",
                    "java.nio.file.*",
                    "java.time.*",
                    "org.apache.spark.sql.*",
                    "org.apache.spark.sql.types.*",
                    "org.apache.spark.api.java.function.*",
                    "org.apache.spark.sql.api.java.*",
                    "static org.apache.spark.sql.functions.*",
                    "static dev.questline.query.notebook.Notebook.*")
            .map(name -> "import " + name + ";")
            .toList();

    private final CellClasses classes;
    private final LiveExecution execution;
    private final JShell shell;
    private final Map<String, Source> sources = new HashMap<>();
    private final BooleanSupplier isInterrupted;
    private int cells;

    /** What a cell's last line gave. */
    record Value(@Nullable Object value, Source source) {}

    /** @param isInterrupted whether the user wants the cell that runs to end, from before {@link #interrupt} is called */
    Evaluator(CellClasses classes, BooleanSupplier isInterrupted) {
        this.classes = classes;
        this.isInterrupted = isInterrupted;
        execution = new LiveExecution(classes, isInterrupted);
        shell = JShell.builder()
                .executionEngine(new Engine(), Map.of())
                .idGenerator((snippet, id) -> "s" + id)
                .build();
        IMPORTS.forEach(shell::eval);
    }

    /** Puts a jar before the cells to come. */
    void addToClassPath(String jar) {
        shell.addToClasspath(jar);
    }

    /**
     * Runs a cell: Java, or SQL below a line {@code %%sql}.
     *
     * @return the value of its last line, if that is an expression with a value
     */
    Optional<Value> run(String cell) throws CellFailure {
        cells++;
        Thread.currentThread().setContextClassLoader(classes.loader());
        var sql = SqlCell.of(cell);
        return sql.isPresent() ? evaluatePiece(sql.get().asJava(), new Source(cells, cell, 0)) : evaluateJava(cell);
    }

    private Optional<Value> evaluateJava(String cell) throws CellFailure {
        Optional<Value> last = Optional.empty();
        var rest = cell.stripLeading();
        while (!rest.isEmpty()) {
            var piece = shell.sourceCodeAnalysis().analyzeCompletion(rest);
            var text = piece.source() == null ? rest : piece.source();
            if (piece.completeness() == Completeness.EMPTY) {
                break;
            }
            last = evaluatePiece(text, new Source(cells, cell, cell.length() - rest.length()));
            rest = piece.source() == null ? "" : piece.remaining().stripLeading();
        }
        return last;
    }

    private Optional<Value> evaluatePiece(String text, Source source) throws CellFailure {
        var events = shell.eval(text);
        Optional<Value> value = Optional.empty();
        for (var event : events) {
            if (event.causeSnippet() == null) {
                sources.put(event.snippet().id(), source);
                check(event, source);
                value = hasResult(event) ? Optional.of(new Value(execution.value(), source)) : Optional.empty();
            }
        }
        return value;
    }

    /** An assignment has a value too, but nobody wants to see it. */
    private static boolean hasResult(SnippetEvent event) {
        var kind = event.snippet().subKind();
        var isResult = kind == SubKind.TEMP_VAR_EXPRESSION_SUBKIND || kind == SubKind.VAR_VALUE_SUBKIND;
        return isResult && event.value() != null;
    }

    private void check(SnippetEvent event, Source source) throws CellFailure {
        if (isInterrupted.getAsBoolean()) {
            throw CellFailure.interrupted();
        }
        if (event.status() == Status.REJECTED) {
            throw rejected(event.snippet(), source);
        }
        if (event.exception() instanceof UnresolvedReferenceException unresolved) {
            throw unresolved(unresolved.getSnippet(), source);
        }
        if (event.exception() != null) {
            throw thrown(event.exception(), source);
        }
        if (event.status() == Status.RECOVERABLE_NOT_DEFINED
                || (event.status() == Status.RECOVERABLE_DEFINED
                        && event.snippet().kind() == Snippet.Kind.VAR)) {
            throw unresolved((DeclarationSnippet) event.snippet(), source);
        }
    }

    private CellFailure rejected(Snippet snippet, Source source) {
        var lines = new ArrayList<String>();
        shell.diagnostics(snippet).filter(Diag::isError).limit(3).forEach(problem -> {
            lines.add("line " + source.lineAt((int) problem.getStartPosition()) + ": "
                    + withoutWrapper(problem.getMessage(Locale.ENGLISH)));
            lines.addAll(source.marked((int) problem.getStartPosition(), (int) problem.getEndPosition()));
        });
        if (lines.isEmpty()) {
            lines.add("line " + source.lineAt(0) + ": no Java that could be run");
        }
        return new CellFailure("CompileError", lines.get(0), lines);
    }

    /** The class that JShell puts around a piece is no news to its author. */
    private static String withoutWrapper(String message) {
        return message.replaceAll("(?m)\\n\\s*location: class\\s*$", "").strip().replace("\n", "\n  ");
    }

    private CellFailure unresolved(DeclarationSnippet snippet, Source source) {
        var missing = shell.unresolvedDependencies(snippet).toList();
        var reason = missing.isEmpty()
                ? snippet.name() + " has mistakes that keep it from being used"
                : snippet.name() + " needs " + String.join(", ", missing) + ", which is not declared";
        return new CellFailure("CompileError", reason, List.of("line " + source.lineAt(0) + ": " + reason));
    }

    private CellFailure thrown(Exception exception, Source source) {
        var live = execution.failure();
        return failed(live == null ? exception : live, places(exception), source);
    }

    /** What went wrong with a value after its cell's end, as Spark's work for a table that is shown. */
    CellFailure failed(Throwable cause, Value value) {
        return isInterrupted.getAsBoolean() ? CellFailure.interrupted() : failed(cause, List.of(), value.source());
    }

    private CellFailure failed(Throwable cause, List<PlaceInCell> places, Source source) {
        var reason = reason(cause);
        var kind = kind(cause);
        if (SqlCell.of(source.text()).isPresent()) {
            return new CellFailure(kind, firstLine(reason), List.of(reason));
        }
        var here = places.stream()
                .filter(place -> place.source().cell() == cells)
                .findFirst()
                .orElse(new PlaceInCell(source, source.lineAt(0)));
        var lines = new ArrayList<String>();
        lines.add("line " + here.line() + (inSql(cause) ? ", SQL " : ": ")
                + (cause instanceof UserError ? "" : kind + ": ") + reason);
        lines.add("  " + here.source().line(here.line()));
        places.stream()
                .filter(place -> !place.equals(here))
                .forEach(place -> lines.add(
                        "    " + place.where(cells) + ": " + place.source().line(place.line())));
        return new CellFailure(kind, firstLine(reason), lines);
    }

    /** Of what happened in a task of Spark's, what its author's code threw. */
    private static String kind(Throwable cause) {
        var kind = cause;
        while (kind instanceof SparkException && kind.getCause() != null) {
            kind = kind.getCause();
        }
        return kind.getClass().getSimpleName();
    }

    /** Whether the reason begins with a place in a statement. */
    private static boolean inSql(Throwable cause) {
        return cause instanceof UserError && reason(cause).matches("(?s)line \\d+, column .*");
    }

    private static String firstLine(String reason) {
        return reason.lines().findFirst().orElse("");
    }

    private static String reason(Throwable cause) {
        if (cause instanceof UserError error) {
            return String.valueOf(error.getMessage());
        }
        if (cause instanceof OutOfMemoryError) {
            return "the memory is not enough; take fewer rows, or raise the setting spark.memory";
        }
        return Workspace.reason(cause);
    }

    private record PlaceInCell(Source source, int line) {
        String where(int currentCell) {
            return source.cell() == currentCell ? "line " + line : "cell " + source.cell() + ", line " + line;
        }
    }

    /** The author's own lines in a stack, innermost first. JShell names a snippet's frames {@code #id}. */
    private List<PlaceInCell> places(Exception exception) {
        var frames = exception instanceof EvalException eval ? eval.getStackTrace() : new StackTraceElement[0];
        return Arrays.stream(frames)
                .filter(frame -> String.valueOf(frame.getFileName()).startsWith("#"))
                .filter(frame -> sources.containsKey(frame.getFileName().substring(1)))
                .map(frame -> {
                    var source = Objects.requireNonNull(
                            sources.get(frame.getFileName().substring(1)));
                    return new PlaceInCell(source, source.lineOf(frame.getLineNumber()));
                })
                .distinct()
                .limit(5)
                .toList();
    }

    /** Ends the cell that runs: the one way to come back from a loop without end. */
    void interrupt() {
        try {
            execution.stop();
        } catch (ExecutionControl.ExecutionControlException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What could stand at a place of a cell instead of what is there from {@code start} on. */
    record Completions(int start, List<String> texts) {}

    Completions complete(String cell, int cursor) {
        var start = pieceAround(cell, cursor);
        var anchor = new int[1];
        var texts =
                shell.sourceCodeAnalysis().completionSuggestions(cell.substring(start), cursor - start, anchor).stream()
                        .map(SourceCodeAnalysis.Suggestion::continuation)
                        .filter(Predicate.not(text -> text.startsWith("do_it$") || text.matches("\\$\\d+")))
                        .distinct()
                        .toList();
        return new Completions(start + anchor[0], texts);
    }

    /** Signatures, and what Javadoc there is, of what stands at a place. */
    Optional<String> inspect(String cell, int cursor) {
        var start = pieceAround(cell, cursor);
        var piece = cell.substring(start);
        var end = cursor - start;
        while (end < piece.length() && Character.isJavaIdentifierPart(piece.charAt(end))) {
            end++;
        }
        var call = piece.substring(0, end) + (piece.substring(0, end).endsWith("(") ? "" : "(");
        var docs = shell.sourceCodeAnalysis().documentation(call, call.length(), true);
        var texts = docs.stream()
                .map(doc -> doc.signature() + (doc.javadoc() == null ? "" : "\n\n" + Javadoc.asText(doc.javadoc())))
                .distinct()
                .limit(20)
                .toList();
        if (!texts.isEmpty()) {
            return Optional.of(String.join("\n\n", texts));
        }
        return Optional.ofNullable(shell.sourceCodeAnalysis().analyzeType(piece.substring(0, end), end));
    }

    /** Where the piece begins that an offset is in. */
    private int pieceAround(String cell, int cursor) {
        var start = 0;
        while (start < cursor) {
            var piece = shell.sourceCodeAnalysis().analyzeCompletion(cell.substring(start));
            if (piece.source() == null || piece.remaining().isEmpty()) {
                return start;
            }
            var next = cell.length() - piece.remaining().length();
            if (next > cursor) {
                return start;
            }
            start = next;
        }
        return start;
    }

    /** Whether a text can be run, or wants to be continued. */
    boolean isComplete(String cell) {
        if (cell.stripLeading().startsWith("%%sql")) {
            return cell.stripTrailing().endsWith(";");
        }
        var rest = cell;
        while (!rest.isBlank()) {
            var piece = shell.sourceCodeAnalysis().analyzeCompletion(rest);
            if (piece.completeness() == Completeness.DEFINITELY_INCOMPLETE
                    || piece.completeness() == Completeness.CONSIDERED_INCOMPLETE) {
                return false;
            }
            if (piece.source() == null || piece.completeness() == Completeness.EMPTY) {
                return true;
            }
            rest = piece.remaining();
        }
        return true;
    }

    @Override
    public void close() {
        shell.close();
    }

    private final class Engine implements ExecutionControlProvider {
        @Override
        public String name() {
            return "live";
        }

        @Override
        public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
            LocalExecutionControl control = execution;
            return control;
        }
    }
}
