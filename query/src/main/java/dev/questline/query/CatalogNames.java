package dev.questline.query;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** The names that are completed: asked for when they are wanted, and again after the next statement. */
public final class CatalogNames {
    /** Longer nobody waits for a completion; what comes later is there for the next. */
    private static final int MILLIS_TO_WAIT = 1_500;

    private static final String FUNCTIONS = "show functions";

    private final Function<String, List<String>> ask;
    private final Map<String, FutureTask<List<String>>> known = new HashMap<>();

    /** @param ask gives the first column of a statement's rows, or throws */
    public CatalogNames(Function<String, List<String>> ask) {
        this.ask = ask;
    }

    /** What a statement may have changed. */
    public void forget() {
        known.keySet().removeIf(statement -> !statement.equals(FUNCTIONS));
    }

    List<String> tables() {
        return names("show tables");
    }

    List<String> columns(String table) {
        return names("show columns in " + SqlNames.quoted(table));
    }

    /** Those that are called by a name. */
    List<String> functions() {
        return names(FUNCTIONS).stream()
                .filter(name -> name.matches("[a-z]\\w*"))
                .toList();
    }

    private List<String> names(String statement) {
        var task = known.computeIfAbsent(statement, key -> start(new FutureTask<>(() -> ask.apply(key))));
        try {
            return task.get(MILLIS_TO_WAIT, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return List.of();
        } catch (ExecutionException e) {
            known.remove(statement); // A completion has no way to tell.
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private static FutureTask<List<String>> start(FutureTask<List<String>> task) {
        var thread = new Thread(task, "names");
        thread.setDaemon(true);
        thread.start();
        return task;
    }
}
