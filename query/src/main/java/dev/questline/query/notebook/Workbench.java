package dev.questline.query.notebook;

import dev.questline.event.UserError;
import dev.questline.query.CatalogNames;
import dev.questline.query.JobGroup;
import dev.questline.query.SqlOffers;
import dev.questline.query.SqlOptions;
import dev.questline.query.Workspace;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Runs cells in Java and Spark, which both start in the background at once; a cell waits for what it needs. */
final class Workbench implements AutoCloseable {
    private static final Pattern NAMES_SPARK = Pattern.compile("\\bspark\\b");
    private static final long MILLIS_BETWEEN_LOOKS = 100;

    private final Screen screen;
    private final FutureTask<Evaluator> evaluator;
    private final FutureTask<Workspace> spark;
    private final CatalogNames names = new CatalogNames(this::namesFor);
    private volatile Optional<JobGroup> group = Optional.empty();
    private volatile boolean waiting;
    private volatile boolean interrupted;

    /** Opens the one notebook of this process. */
    Workbench(SqlOptions options, Path folder, Screen screen) {
        this.screen = screen;
        var classes = new CellClasses();
        evaluator = new FutureTask<>(() -> new Evaluator(classes, () -> interrupted));
        spark = new FutureTask<>(() -> open(options, folder));
        start("spark-start", spark, classes.loader());
        start("java-start", evaluator, classes.loader());
        Notebook.open(this);
    }

    private Workspace open(SqlOptions options, Path folder) {
        var workspace = Workspace.open(
                options, folder, new PrintStream(new Notes(screen), true, java.nio.charset.StandardCharsets.UTF_8));
        Notebook.spark = workspace.spark();
        return workspace;
    }

    private static void start(String name, Runnable work, ClassLoader loader) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.setContextClassLoader(loader);
        thread.start();
    }

    /**
     * Runs a cell and shows its last value.
     *
     * @return nothing if there is nothing to show
     */
    Optional<Shown> run(String cell) throws CellFailure {
        return run(cell, Shown::of);
    }

    Optional<Shown> run(String cell, Function<Object, Shown> show) throws CellFailure {
        interrupted = false;
        group = Optional.empty();
        try (var progress = new CellProgress(this::progress, screen)) {
            progress.start();
            if (NAMES_SPARK.matcher(cell).find()) {
                workspace();
            } else if (spark.isDone()) {
                joinGroup(workspace());
            }
            return evaluate(cell, show);
        } catch (UserError e) {
            throw interrupted
                    ? CellFailure.interrupted()
                    : new CellFailure(
                            "UserError", String.valueOf(e.getMessage()), List.of(String.valueOf(e.getMessage())));
        } finally {
            names.forget();
        }
    }

    private Optional<Shown> evaluate(String cell, Function<Object, Shown> show) throws CellFailure {
        var value = evaluator().run(cell);
        try {
            return value.filter(found -> found.value() != null).map(found -> show.apply(found.value()));
        } catch (Exception | LinkageError | OutOfMemoryError e) {
            throw evaluator().failed(e, value.orElseThrow());
        }
    }

    Screen screen() {
        return screen;
    }

    Evaluator evaluator() {
        return await(evaluator);
    }

    /** The session's tables, once Spark is there; its jobs on this thread are the cell's. */
    Workspace workspace() {
        waiting = !spark.isDone();
        try {
            var workspace = await(spark);
            joinGroup(workspace);
            return workspace;
        } finally {
            waiting = false;
        }
    }

    private void joinGroup(Workspace workspace) {
        groupOfCell(workspace).join();
    }

    /** One a cell, whichever of its threads asks first. */
    private synchronized JobGroup groupOfCell(Workspace workspace) {
        var known = group.orElseGet(() -> JobGroup.of(workspace.spark().sparkContext(), "a cell"));
        group = Optional.of(known);
        if (interrupted) {
            known.cancel("interrupted");
        }
        return known;
    }

    private <T> T await(FutureTask<T> starting) {
        while (true) {
            try {
                return starting.get(MILLIS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (interrupted) {
                    throw UserError.failed("interrupted");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw UserError.failed("interrupted");
            } catch (ExecutionException e) {
                throw e.getCause() instanceof UserError known
                        ? known
                        : UserError.failed("Spark did not start: " + Workspace.reason(e), e);
            }
        }
    }

    private Optional<String> progress() {
        if (waiting) {
            return Optional.of("starting Spark …");
        }
        return group.flatMap(jobs -> await(spark).progress(jobs.id()));
    }

    /** Ends the cell that runs, and its jobs. */
    void interrupt() {
        interrupted = true;
        group.ifPresent(jobs -> jobs.cancel("interrupted"));
        if (evaluator.isDone()) {
            evaluator().interrupt();
        }
    }

    /** What could stand at a place of a cell: Java, or SQL. */
    Evaluator.Completions complete(String cell, int cursor) {
        return SqlCompletion.at(cell, cursor)
                .map(sql -> sql.of(new SqlOffers(names)))
                .orElseGet(() -> evaluator().complete(cell, cursor));
    }

    /** Of a Spark that is not there yet there are none. */
    private List<String> namesFor(String statement) {
        if (!spark.isDone()) {
            throw UserError.failed("Spark is still starting");
        }
        return await(spark).firstColumn(statement);
    }

    void addDependency(String coordinates) {
        screen.progress("resolving " + coordinates + " …");
        var jars = Dependencies.of(Path.of(System.getProperty("user.home"))).resolve(coordinates);
        jars.forEach(jar -> evaluator().addToClassPath(jar.toString()));
        var names = jars.stream().map(jar -> jar.getFileName().toString()).toList();
        screen.clearProgress();
        screen.note("added " + String.join(", ", names));
        shadowing(names.get(0)).ifPresent(other -> screen.note("Spark brings " + other + ", whose classes go first"));
    }

    /** The jar of the same library that this process has already. */
    private static Optional<String> shadowing(String jar) {
        var library = jar.replaceFirst("-\\d.*", "");
        return Pattern.compile(java.io.File.pathSeparator)
                .splitAsStream(System.getProperty("java.class.path"))
                .map(path -> String.valueOf(Path.of(path).getFileName()))
                .filter(other -> other.replaceFirst("-\\d.*", "").equals(library))
                .findFirst();
    }

    @Override
    public void close() {
        if (evaluator.isDone()) {
            evaluator().close();
        }
    }
}
