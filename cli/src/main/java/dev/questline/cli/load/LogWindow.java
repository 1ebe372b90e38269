package dev.questline.cli.load;

import dev.questline.event.Settings;
import dev.questline.event.UserError;
import dev.questline.log.LogReader;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The part of the log that is written during a run. A log that can't be read is a result of its own, no error. */
public final class LogWindow {
    private final Settings.@Nullable Kafka kafka;
    private final Map<Integer, Long> start;
    private String problem;

    private LogWindow(Settings.@Nullable Kafka kafka, Map<Integer, Long> start, String problem) {
        this.kafka = kafka;
        this.start = start;
        this.problem = problem;
    }

    /** Of a log that is left alone, for a reason. */
    public static LogWindow none(String reason) {
        return new LogWindow(null, Map.of(), reason);
    }

    /** Notes where the log ends now. */
    public static LogWindow open(Settings.Kafka kafka) {
        try (var reader = LogReader.open(kafka)) {
            return new LogWindow(kafka, reader.endOffsets(), "");
        } catch (UserError e) {
            return none(String.valueOf(e.getMessage()));
        }
    }

    /** Reads what has come since; empty if that failed, for the reason {@link #problem} gives. */
    public Optional<LogCheck> check(LoadResult result, String run) {
        if (kafka == null) {
            return Optional.empty();
        }
        // Anew: partitions may have been added meanwhile.
        try (var reader = LogReader.open(kafka)) {
            return Optional.of(LogCheck.of(result, run, ids -> readIds(reader, ids)));
        } catch (UserError e) {
            problem = String.valueOf(e.getMessage());
            return Optional.empty();
        }
    }

    private void readIds(LogReader reader, Consumer<String> ids) {
        reader.readBetween(start, reader.endOffsets(), record -> {
            var id = LogReader.eventId(record);
            if (id != null) {
                ids.accept(id);
            }
        });
    }

    /** Why there is no check; empty if there is one. */
    public String problem() {
        return problem;
    }
}
