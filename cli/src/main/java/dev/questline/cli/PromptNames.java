package dev.questline.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.questline.query.SqlNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** The names that a prompt completes: asked for when they are wanted, and again after the next statement. */
final class PromptNames {
    /** Longer nobody waits for a completion; what comes later is there for the next. */
    private static final int MILLIS_TO_WAIT = 1_500;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Of a statement, its result in JSON, an object a line. */
    private final Function<String, String> ask;

    private final Map<String, FutureTask<List<String>>> known = new HashMap<>();

    PromptNames(Function<String, String> ask) {
        this.ask = ask;
    }

    /** What a statement may have changed. */
    void forget() {
        known.keySet().removeIf(statement -> !statement.equals("show functions"));
    }

    List<String> tables() {
        return names("show tables", "table");
    }

    List<String> columns(String table) {
        return names("show columns in " + SqlNames.quoted(table), "col_name");
    }

    /** Those that are called by a name. */
    List<String> functions() {
        return names("show functions", "function").stream()
                .filter(name -> name.matches("[a-z]\\w*"))
                .toList();
    }

    private List<String> names(String statement, String field) {
        var task = known.computeIfAbsent(statement, key -> start(new FutureTask<>(() -> read(ask.apply(key), field))));
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

    private static List<String> read(String lines, String field) throws JsonProcessingException {
        var names = new ArrayList<String>();
        for (var line : lines.lines().toList()) {
            names.add(JSON.readTree(line).path(field).asText());
        }
        return names;
    }
}
