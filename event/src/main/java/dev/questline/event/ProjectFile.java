package dev.questline.event;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.constructor.StandardConstructor;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads the text of a {@code questline.yaml}; every error names the file, the line and what is allowed there. */
final class ProjectFile {
    private static final Pattern TYPE_NAME = Pattern.compile("[A-Za-z0-9_.-]{1,200}");
    /** RFC 9110, section 5.6.2. */
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private static final Set<String> TYPE_KEYS = Set.of("route", "answer", "fields", "partition_key");

    private final String name;
    private final LoadSettings yaml;
    private final SettingsReader settings;
    private Catalog catalog = Catalog.BUILT_IN;

    /** {@code name} is how errors call the file; what it sets goes to {@code settings}. */
    ProjectFile(String name, SettingsReader settings) {
        this.name = name;
        this.yaml = LoadSettings.builder().setLabel(name).build();
        this.settings = settings;
    }

    /** A key and its value; in block style the value may begin a line further down. */
    private record Entry(Node key, Node value) {}

    /** Reads the whole text and gives the catalog it stands for: the built-in one if it has no {@code events}. */
    Catalog read(String text) {
        compose(text).ifPresent(root -> mapping(root, "the file").forEach(this::readSection));
        return catalog;
    }

    private Optional<Node> compose(String text) {
        try {
            return new Compose(yaml).composeString(text);
        } catch (MarkedYamlEngineException e) {
            var where =
                    e.getProblemMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
            throw UserError.wrongUse(name + where + ": no valid YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            throw UserError.wrongUse(name + ": no valid YAML: " + e);
        }
    }

    private void readSection(String section, Entry entry) {
        if (section.equals("events")) {
            catalog = readCatalog(entry.value());
        } else if (SettingKey.sections().contains(section)) {
            mapping(entry.value(), section)
                    .forEach((key, setting) ->
                            settings.set(section + "." + key, scalar(setting.value(), key), at(setting.key())));
        } else {
            var allowed = new ArrayList<>(SettingKey.sections());
            allowed.add("events");
            throw error(entry.key(), "there is no section '" + section + "'" + DidYouMean.hint(section, allowed));
        }
    }

    private Catalog readCatalog(Node body) {
        var types = new LinkedHashMap<Route, EventType>();
        var fields = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        mapping(body, "events").forEach((typeName, entry) -> {
            var type = readType(typeName, entry);
            type.fields().keySet().forEach(field -> requireOneSpelling(field, fields, entry));
            var other = types.putIfAbsent(type.route(), type);
            if (other != null) {
                throw error(
                        entry.key(),
                        "events '" + other.name() + "' and '" + typeName + "' share the route " + type.route());
            }
        });
        return new Catalog(List.copyOf(types.values()));
    }

    private EventType readType(String typeName, Entry entry) {
        if (!TYPE_NAME.matcher(typeName).matches()) {
            throw error(entry.key(), "'" + typeName + "' is no event type; allowed are up to 200 of A-Z a-z 0-9 _ . -");
        }
        var keys = mapping(entry.value(), "events." + typeName);
        for (var key : keys.keySet()) {
            if (!TYPE_KEYS.contains(key)) {
                throw error(
                        keys.get(key).key(), "an event has no '" + key + "'" + DidYouMean.hint(key, sorted(TYPE_KEYS)));
            }
        }
        var fields = fields(typeName, keys.get("fields"));
        return new EventType(
                typeName,
                route(required(keys, "route", typeName, entry)),
                scalar(required(keys, "answer", typeName, entry), "answer"),
                fields,
                Optional.ofNullable(keys.get("partition_key")).map(key -> partitionKey(key, fields)));
    }

    private void requireOneSpelling(String field, Map<String, String> known, Entry type) {
        var other = known.putIfAbsent(field, field);
        if (other != null && !other.equals(field)) {
            throw error(
                    type.key(),
                    "the fields '" + other + "' and '" + field
                            + "' differ in capitals alone, which SQL does not tell apart");
        }
    }

    /** What is no own field is a header, which people write as they like. */
    private String partitionKey(Entry key, Map<String, Object> fields) {
        var name = scalar(key.value(), "partition_key");
        return fields.keySet().stream()
                .filter(name::equalsIgnoreCase)
                .findFirst()
                .orElseGet(() -> keyHeader(key, RequestHeaders.canonical(name)));
    }

    private String keyHeader(Entry key, String header) {
        if (!HEADER_NAME.matcher(header).matches()
                || !RequestHeaders.isLogged(header)
                || header.equalsIgnoreCase(Event.TIME_COLUMN)) {
            throw error(
                    key.value(),
                    "partition_key is '" + header
                            + "'; allowed is an own field, or a header that is no secret and no id");
        }
        return header;
    }

    private Route route(Node node) {
        try {
            return Route.parse(scalar(node, "route"));
        } catch (IllegalArgumentException e) {
            throw error(node, String.valueOf(e.getMessage()));
        }
    }

    private Map<String, Object> fields(String typeName, @Nullable Entry body) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put(Event.TYPE_FIELD, typeName);
        if (body != null) {
            mapping(body.value(), "fields").forEach((field, entry) -> {
                if (field.equalsIgnoreCase(Event.TYPE_FIELD) || field.equalsIgnoreCase(Event.TIME_COLUMN)) {
                    throw error(
                            entry.key(),
                            "an event's own field may not be called '" + field + "': Questline sets that one");
                }
                fields.put(field, json(field, entry.value()));
            });
        }
        return fields;
    }

    /** YAML can say more than JSON, which an event is. */
    private @Nullable Object json(String field, Node node) {
        Object value;
        try {
            value = new StandardConstructor(yaml).constructSingleDocument(Optional.of(node));
        } catch (YamlEngineException e) {
            throw error(node, "field '" + field + "' has a value of no known type; allowed is what JSON has");
        }
        if (!isJson(value)) {
            throw error(
                    node,
                    "field '" + field + "' is no JSON; allowed are texts, finite numbers, true, false, null, lists, and"
                            + " mappings of texts or numbers to these");
        }
        return value;
    }

    private static boolean isJson(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.keySet().stream().allMatch(key -> key instanceof String || key instanceof Number)
                    && map.values().stream().allMatch(ProjectFile::isJson);
        }
        if (value instanceof List<?> list) {
            return list.stream().allMatch(ProjectFile::isJson);
        }
        if (value instanceof Double number) {
            return Double.isFinite(number);
        }
        return value == null || value instanceof String || value instanceof Number || value instanceof Boolean;
    }

    private Node required(Map<String, Entry> keys, String key, String typeName, Entry type) {
        var entry = keys.get(key);
        if (entry == null) {
            throw error(type.key(), "event '" + typeName + "' lacks '" + key + "'");
        }
        return entry.value();
    }

    private Map<String, Entry> mapping(Node node, String what) {
        if (!(node instanceof MappingNode mapping)) {
            throw error(node, what + " must be a mapping of names to values");
        }
        var entries = new LinkedHashMap<String, Entry>();
        for (var entry : mapping.getValue()) {
            var key = scalar(entry.getKeyNode(), "a key");
            if (entries.put(key, new Entry(entry.getKeyNode(), entry.getValueNode())) != null) {
                throw error(entry.getKeyNode(), "'" + key + "' stands here twice");
            }
        }
        return entries;
    }

    private String scalar(Node node, String what) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw error(node, what + " must be a single value");
    }

    private UserError error(Node node, String message) {
        return UserError.wrongUse(at(node) + ": " + message);
    }

    private String at(Node node) {
        return name
                + node.getStartMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
    }

    private static List<String> sorted(Set<String> keys) {
        return keys.stream().sorted().toList();
    }
}
