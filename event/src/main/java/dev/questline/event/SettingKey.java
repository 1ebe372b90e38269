package dev.questline.event;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Every setting: its key in the file, its default, and which values it takes. */
public enum SettingKey {
    COLLECTOR_HOST("collector.host", "127.0.0.1", "\\S+", "a host name or address"),
    COLLECTOR_PORT("collector.port", "5000", Allowed.PORT, "a port from 1 to 65535"),
    COLLECTOR_MANAGEMENT_PORT(
            "collector.management_port",
            "auto",
            "auto|" + Allowed.PORT,
            "a port from 1 to 65535, or auto: collector.port + 10000"),
    COLLECTOR_ACCESS_LOG("collector.access_log", "true", "true|false", "true or false"),
    COLLECTOR_IDEMPOTENCY_WINDOW(
            "collector.idempotency_window", "10m", "0|[1-9][0-9]{0,5}[smh]", "a time as in 90s, 10m or 1h, or 0"),
    COLLECTOR_TLS_CERTIFICATE("collector.tls_certificate", "", Allowed.PATH, "the path of a PEM file"),
    COLLECTOR_TLS_KEY("collector.tls_key", "", Allowed.PATH, "the path of a PEM file"),
    KAFKA_BOOTSTRAP_SERVERS("kafka.bootstrap_servers", "", Allowed.SERVERS, "HOST:PORT[,HOST:PORT…]"),
    KAFKA_PORT("kafka.port", "9092", Allowed.PORT, "a port from 1 to 65535"),
    KAFKA_TOPIC("kafka.topic", "events", "(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}", "up to 249 of A-Z a-z 0-9 . _ -"),
    KAFKA_PARTITIONS("kafka.partitions", "1", "[1-9][0-9]{0,3}", "a number from 1 to 9999"),
    KAFKA_CLIENT_PROPERTIES(
            "kafka.client_properties", "", Allowed.PATH, "the path of a file of Kafka's client properties"),
    SPARK_MASTER("spark.master", "local[*]", "(local|spark|k8s|yarn).*", "a Spark master, as in local[*] or spark://…"),
    SPARK_MEMORY(
            "spark.memory",
            "1g",
            "(?:[5-9][0-9]{2}|[1-9][0-9]{3,})[mM]|[1-9][0-9]*[gG]",
            "a size of 500m, which Spark needs to start, or more, as in 800m or 2g"),
    SQL_PORT(
            "sql.port",
            "auto",
            "auto|off|" + Allowed.PORT,
            "a port from 1 to 65535, off, or auto: collector.port + 20000"),
    SQL_ROWS("sql.rows", "1000", "[1-9][0-9]{0,8}", "a number from 1 to 999999999"),
    SQL_TIMEOUT("sql.timeout", "1h", "0|[1-9][0-9]{0,5}[smh]", "a time as in 90s, 10m or 1h, or 0"),
    HDFS_ENABLED("hdfs.enabled", "false", "true|false", "true or false"),
    HDFS_PORT("hdfs.port", "8020", Allowed.PORT, "a port from 1 to 65535"),
    LOGS_FORMAT("logs.format", "text", "text|json", "text or json");

    private final String key;
    private final String byDefault;
    private final Pattern pattern;
    private final String allowed;

    SettingKey(String key, String byDefault, String pattern, String allowed) {
        this.key = key;
        this.byDefault = byDefault;
        this.pattern = Pattern.compile(pattern);
        this.allowed = allowed;
    }

    /** The key in {@code questline.yaml}, sections by dots: {@code collector.port}. */
    public String key() {
        return key;
    }

    /** The environment variable: {@code QUESTLINE_COLLECTOR_PORT}. */
    public String variable() {
        return "QUESTLINE_" + name();
    }

    /** Whether an environment variable of this name is a setting. */
    public static boolean isVariable(String name) {
        return Arrays.stream(values()).anyMatch(setting -> setting.variable().equals(name));
    }

    String byDefault() {
        return byDefault;
    }

    /** Throws unless the value is allowed; {@code origin} says where it stands. */
    public void check(String value, String origin) {
        if (!pattern.matcher(value).matches()) {
            throw UserError.wrongUse(origin + ": " + key + " is '" + value + "'; allowed is " + allowed);
        }
    }

    static Optional<SettingKey> of(String key) {
        return Arrays.stream(values())
                .filter(setting -> setting.key.equals(key))
                .findFirst();
    }

    static Collection<String> keys() {
        return Arrays.stream(values()).map(SettingKey::key).toList();
    }

    static Collection<String> sections() {
        return Arrays.stream(values())
                .map(setting -> setting.name().toLowerCase(Locale.ROOT).replaceFirst("_.*", ""))
                .distinct()
                .toList();
    }

    private static final class Allowed {
        static final String PORT =
                "[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]";
        static final String PATH = "[^\\x00]+";
        static final String SERVERS = "[^\\s,:]+:[0-9]+(,[^\\s,:]+:[0-9]+)*";
    }
}
