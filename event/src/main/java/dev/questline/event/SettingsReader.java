package dev.questline.event;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Merges the sources of settings, the later winning, and checks each value where it stands. */
final class SettingsReader {
    /** Variables of the launcher, which are no settings. */
    private static final Set<String> LAUNCHER =
            Set.of("QUESTLINE_JAVA_HOME", "QUESTLINE_JAVA_OPTS", "QUESTLINE_TERMINAL");

    private final Map<SettingKey, String> values = new EnumMap<>(SettingKey.class);

    /** A value from the file or a flag; an unknown key is an error. */
    void set(String key, String value, String origin) {
        var setting = SettingKey.of(key)
                .orElseThrow(() -> UserError.wrongUse(
                        origin + ": there is no setting '" + key + "'" + DidYouMean.hint(key, SettingKey.keys())));
        setting.check(value, origin);
        values.put(setting, value);
    }

    /** All variables that start with {@code QUESTLINE_}. */
    void setFrom(Map<String, String> environment) {
        var settings = Arrays.stream(SettingKey.values()).toList();
        environment.forEach((name, value) -> {
            if (name.startsWith("QUESTLINE_") && !LAUNCHER.contains(name)) {
                var setting = settings.stream()
                        .filter(candidate -> candidate.variable().equals(name))
                        .findFirst()
                        .orElseThrow(() -> unknownVariable(name));
                set(setting.key(), value, "environment variable " + name);
            }
        });
    }

    private static UserError unknownVariable(String name) {
        var known = Arrays.stream(SettingKey.values()).map(SettingKey::variable).toList();
        return UserError.wrongUse("environment variable " + name + " is no setting" + DidYouMean.hint(name, known));
    }

    /** The whole; {@code folder} is what paths are relative to. */
    Settings settings(Path folder) {
        return new Settings(
                collector(folder),
                new Settings.Kafka(
                        Optional.of(text(SettingKey.KAFKA_BOOTSTRAP_SERVERS)).filter(servers -> !servers.isEmpty()),
                        number(SettingKey.KAFKA_PORT),
                        text(SettingKey.KAFKA_TOPIC),
                        number(SettingKey.KAFKA_PARTITIONS),
                        path(SettingKey.KAFKA_CLIENT_PROPERTIES, folder)),
                new Settings.Spark(text(SettingKey.SPARK_MASTER), text(SettingKey.SPARK_MEMORY)),
                new Settings.Sql(sqlPort()),
                new Settings.Hdfs(Boolean.parseBoolean(text(SettingKey.HDFS_ENABLED)), number(SettingKey.HDFS_PORT)),
                new Settings.Logs(Settings.Logs.Format.valueOf(
                        text(SettingKey.LOGS_FORMAT).toUpperCase(Locale.ROOT))),
                byKey());
    }

    private Settings.Collector collector(Path folder) {
        int port = number(SettingKey.COLLECTOR_PORT);
        var management = text(SettingKey.COLLECTOR_MANAGEMENT_PORT);
        return new Settings.Collector(
                text(SettingKey.COLLECTOR_HOST),
                port,
                management.equals("auto") ? Settings.Collector.managementPortOf(port) : Integer.parseInt(management),
                Boolean.parseBoolean(text(SettingKey.COLLECTOR_ACCESS_LOG)),
                time(SettingKey.COLLECTOR_IDEMPOTENCY_WINDOW),
                tls(folder));
    }

    private Optional<Integer> sqlPort() {
        var port = text(SettingKey.SQL_PORT);
        return switch (port) {
            case "off" -> Optional.empty();
            case "auto" -> Optional.of(Settings.Sql.portOf(number(SettingKey.COLLECTOR_PORT)));
            default -> Optional.of(Integer.parseInt(port));
        };
    }

    private Optional<Settings.Tls> tls(Path folder) {
        var certificate = path(SettingKey.COLLECTOR_TLS_CERTIFICATE, folder);
        var key = path(SettingKey.COLLECTOR_TLS_KEY, folder);
        if (certificate.isPresent() != key.isPresent()) {
            var given = certificate.isPresent() ? SettingKey.COLLECTOR_TLS_CERTIFICATE : SettingKey.COLLECTOR_TLS_KEY;
            var lacking = certificate.isPresent() ? SettingKey.COLLECTOR_TLS_KEY : SettingKey.COLLECTOR_TLS_CERTIFICATE;
            throw UserError.wrongUse(
                    given.key() + " is set and " + lacking.key() + " is not; TLS takes both, and none takes neither");
        }
        return certificate.flatMap(path -> key.map(keyPath -> new Settings.Tls(path, keyPath)));
    }

    private Optional<Path> path(SettingKey key, Path folder) {
        return Optional.of(text(key)).filter(path -> !path.isEmpty()).map(folder::resolve);
    }

    private Map<String, String> byKey() {
        var byKey = new LinkedHashMap<String, String>();
        for (var key : SettingKey.values()) {
            byKey.put(key.key(), text(key));
        }
        return byKey;
    }

    private String text(SettingKey key) {
        return values.getOrDefault(key, key.byDefault());
    }

    private int number(SettingKey key) {
        return Integer.parseInt(text(key));
    }

    private Duration time(SettingKey key) {
        var text = text(key);
        return Duration.parse(text.equals("0") ? "PT0S" : "PT" + text);
    }
}
