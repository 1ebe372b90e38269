package dev.questline.cli.load;

import java.util.function.Consumer;

/**
 * What the log holds of a run, against what its clients were told.
 *
 * @param sent requests sent
 * @param acknowledged of those, answered with 2xx
 * @param found of those sent, how many the log holds
 * @param lost acknowledged and not in the log
 * @param duplicated records beyond the first of a request
 */
public record LogCheck(long sent, long acknowledged, long found, long lost, long duplicated) {
    public boolean isClean() {
        return lost == 0 && duplicated == 0;
    }

    /** Checks against the ids that {@code log} gives to its argument, one by one. */
    public static LogCheck of(LoadResult result, String run, Consumer<Consumer<String>> log) {
        var ids = new Found(LoadPlan.prefix(run));
        log.accept(ids);
        var acknowledged = result.tally().acknowledged;
        return new LogCheck(
                result.tally().sent,
                acknowledged.size(),
                ids.numbers.size(),
                acknowledged.countWithout(ids.numbers),
                ids.duplicated);
    }

    /** The lines that follow the summary. */
    public String lines() {
        return """
                Sent:                   %d
                Acknowledged:           %d
                Found in log:           %d
                Lost:                   %d
                Duplicated:             %d
                """.formatted(sent, acknowledged, found, lost, duplicated);
    }

    private static final class Found implements Consumer<String> {
        private final String prefix;
        private final NumberSet numbers = new NumberSet();
        private long duplicated;

        Found(String prefix) {
            this.prefix = prefix;
        }

        @Override
        public void accept(String id) {
            if (id.startsWith(prefix)) {
                var number = Long.parseLong(id, prefix.length(), id.length(), 10);
                if (!numbers.add(number)) {
                    duplicated++;
                }
            }
        }
    }
}
