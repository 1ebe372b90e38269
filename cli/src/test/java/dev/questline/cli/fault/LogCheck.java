package dev.questline.cli.fault;

import static java.util.stream.Collectors.toMap;

import dev.questline.cli.fault.Clients.Acknowledged;
import dev.questline.event.UserError;
import dev.questline.log.LogReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The log read back, against what clients were told. */
final class LogCheck {
    private static final int EXAMPLES = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String servers;
    private final Map<Integer, Long> from;

    private LogCheck(String servers, Map<Integer, Long> from) {
        this.servers = servers;
        this.from = from;
    }

    /** Of what comes to stand in the log from now on. */
    static LogCheck fromNow(String servers) {
        return new LogCheck(servers, ends(servers));
    }

    /** Of all that stands in it. */
    static LogCheck ofAll(String servers) {
        return new LogCheck(servers, Map.of());
    }

    /**
     * What came of the acknowledged events.
     *
     * @param lost those that do not stand where their receipt says
     * @param examples of the lost, with where they do stand
     * @param doubled ids that stand more than once, of all, with where they stand
     */
    record Found(long acknowledged, long lost, List<String> examples, Map<String, List<String>> doubled) {
        long duplicated() {
            return doubled.size();
        }
    }

    Found find(Map<String, Acknowledged> acknowledged) {
        var places = new HashMap<String, List<String>>();
        var standing = new HashMap<String, Acknowledged>();
        try (var reader = open(servers)) {
            reader.readBetween(from, reader.endOffsets(), record -> {
                var id = LogReader.eventId(record);
                if (id == null) {
                    return; // a probe
                }
                places.computeIfAbsent(id, none -> new ArrayList<>(1))
                        .add(record.partition() + "/" + record.offset() + " of " + record.timestamp());
                var receipt = acknowledged.get(id);
                if (receipt != null
                        && receipt.partition() == record.partition()
                        && receipt.offset() == record.offset()) {
                    standing.put(id, receipt);
                }
            });
        }
        return new Found(
                acknowledged.size(),
                acknowledged.size() - standing.size(),
                acknowledged.entrySet().stream()
                        .filter(each -> !standing.containsKey(each.getKey()))
                        .sorted(Comparator.comparing(each -> each.getValue().answered()))
                        .limit(EXAMPLES)
                        .map(each -> each + " stands at " + places.get(each.getKey()))
                        .toList(),
                places.entrySet().stream()
                        .filter(each -> each.getValue().size() > 1)
                        .collect(toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private static Map<Integer, Long> ends(String servers) {
        try (var reader = open(servers)) {
            return reader.endOffsets();
        }
    }

    /** With more patience than a person at a prompt has: several of these tests load one machine at once. */
    private static LogReader open(String servers) {
        var limit = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return LogReader.open(servers, Broker.TOPIC);
            } catch (UserError e) {
                if (System.nanoTime() > limit) {
                    throw e;
                }
            }
        }
    }
}
