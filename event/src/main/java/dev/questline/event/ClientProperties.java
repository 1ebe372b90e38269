package dev.questline.event;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/**
 * A file of Kafka's client properties, in the form Kafka's own tools take by {@code --command-config}. What it says goes
 * to every client and overrides Questline's own choice, but for what Questline's promises rest on.
 */
public final class ClientProperties {
    /** Nothing that Questline does not know by itself. */
    public static final ClientProperties NONE = new ClientProperties(Map.of());

    private static final String APPEND =
            "an answer of 200 means: once in the log, acknowledged by all in-sync replicas";
    private static final String BYTES = "Questline reads and writes events as bytes";
    private static final String TIMES =
            "Questline's times depend on one another: after five seconds a request is answered";
    private static final String READ = "Questline reads what is committed, from offsets of its own";
    private static final Map<String, String> RESERVED = Map.ofEntries(
            Map.entry("bootstrap.servers", "these are the setting kafka.bootstrap_servers, or --bootstrap-server"),
            Map.entry("acks", APPEND),
            Map.entry("enable.idempotence", APPEND),
            Map.entry("transactional.id", APPEND),
            Map.entry("retries", APPEND),
            Map.entry("max.in.flight.requests.per.connection", APPEND),
            Map.entry("request.timeout.ms", TIMES),
            Map.entry("delivery.timeout.ms", TIMES),
            Map.entry("default.api.timeout.ms", TIMES),
            Map.entry("max.block.ms", "the collector answers at once when Kafka cannot take an event"),
            Map.entry("key.serializer", BYTES),
            Map.entry("value.serializer", BYTES),
            Map.entry("key.deserializer", BYTES),
            Map.entry("value.deserializer", BYTES),
            Map.entry("auto.offset.reset", READ),
            Map.entry("enable.auto.commit", READ),
            Map.entry("isolation.level", READ));

    /** What a file that is also used elsewhere may well say, as it is so here anyway. */
    private static final Map<String, Set<String>> OUR_OWN =
            Map.of("acks", Set.of("all", "-1"), "enable.idempotence", Set.of("true"));

    private final Map<String, String> values;

    private ClientProperties(Map<String, String> values) {
        this.values = values;
    }

    /** Those that the settings name. */
    public static ClientProperties of(Settings.Kafka kafka) {
        return of(kafka.clientProperties(), SettingKey.KAFKA_CLIENT_PROPERTIES.key());
    }

    /**
     * Those of a file, if there is one.
     *
     * @param origin who names the file: a setting's key or a flag
     * @throws UserError if it can't be read, or claims what is not its to say
     */
    public static ClientProperties of(Optional<Path> file, String origin) {
        return file.map(path -> read(path, origin)).orElse(NONE);
    }

    private static ClientProperties read(Path file, String origin) {
        var properties = new Properties();
        try (var in = Files.newInputStream(file)) {
            properties.load(in);
        } catch (NoSuchFileException e) {
            throw UserError.failed(origin + ": there is no file " + file);
        } catch (IOException e) {
            throw UserError.failed(origin + ": cannot read " + file + ": " + e, e);
        } catch (IllegalArgumentException e) {
            throw UserError.wrongUse(origin + ": " + file + " is no Java properties file: " + e.getMessage());
        }
        var values = new TreeMap<String, String>();
        properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
        OUR_OWN.forEach((key, same) -> values.computeIfPresent(key, (k, value) -> same.contains(value) ? null : value));
        values.keySet().stream().filter(RESERVED::containsKey).findFirst().ifPresent(key -> {
            throw UserError.wrongUse(
                    origin + ": " + file + " may not set " + key + " (" + RESERVED.get(key) + "); take it out");
        });
        return new ClientProperties(values);
    }

    /** The values by key. Some are secrets. */
    public Map<String, String> byKey() {
        return values;
    }

    /** Without the values. */
    @Override
    public String toString() {
        return values.keySet().toString();
    }
}
